/** The codes of a caller's fault: each becomes one transport code, in one middleware. */
export type AppErrorCode = "unknown-pair" | "not-found" | "conflict" | "invalid" | "venue-unreachable";

/** A caller's fault, in words that tell the caller how to correct it. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
