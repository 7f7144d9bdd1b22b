/** Something that whoever starts the product can mend: said without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}
