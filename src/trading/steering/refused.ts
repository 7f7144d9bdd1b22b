/** A command that cannot be carried out, and why, as the rest of a sentence about its bot or position. */
export type Refused = { readonly refused: string };

export const refuse = (refused: string): Refused => ({ refused });

export const isRefused = (outcome: object): outcome is Refused => "refused" in outcome;
