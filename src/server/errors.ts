/** The codes of a caller's fault: each becomes one transport code, in one middleware. */
export type AppErrorCode = "unknown-pair" | "not-found" | "conflict" | "invalid" | "too-many" | "venue-unreachable";

/** A caller's fault, in words that tell the caller how to correct it. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, message: string) {
    super(message);
    this.code = code;
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
