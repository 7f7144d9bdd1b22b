/** The id of the command that a dialog asks, and what was asked by it; null: nothing yet. */
export type AskedId = { readonly id: string; readonly text: string | null };

/**
 * Asked again, a command is the same one: a second click, or a try again after a lost answer. What says something else,
 * another time or level, is another one.
 */
export const askedBy = ({ id, text }: AskedId, asked: string, newId: () => string): AskedId =>
  text === null || text === asked ? { id, text: asked } : { id: newId(), text: asked };
