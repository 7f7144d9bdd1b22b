/** A fault that the person starting the product can correct: printed without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}
