/** The codes of a caller's fault: each becomes one transport code, in one middleware. */
export type AppErrorCode =
  | "unknown-pair"
  | "not-found"
  | "conflict"
  | "invalid"
  | "too-many"
  | "forbidden"
  | "unconfirmed"
  | "venue-unreachable";

/** What is wrong with one field of what was sent; its path has dots. */
export type FieldFault = { readonly path: string; readonly message: string };

/** A caller's fault, in words that tell the caller how to correct it, and the fields that it is about, if any. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  readonly fields: readonly FieldFault[];

  constructor(code: AppErrorCode, message: string, fields: readonly FieldFault[] = []) {
    super(message);
    this.code = code;
    this.fields = fields;
  }
}

/** Too many tries. The answer says when the next one counts. */
export class TooManyTries extends AppError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super("too-many", `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
