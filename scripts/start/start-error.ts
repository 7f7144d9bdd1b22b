/** A fault that the person who starts the product can correct: printed without a stack trace. */
export class StartError extends Error {
  override readonly name = "StartError";
}
