/** The codes of a caller's fault: each becomes one transport code, in one middleware. */
export type AppErrorCode = "unknown-pair" | "not-found" | "conflict" | "invalid" | "venue-unreachable";

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
