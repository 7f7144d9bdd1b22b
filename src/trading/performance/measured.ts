/** A figure, or null with the reason why it cannot be known. Never 0 for what is unknown. */
export type Measured =
  { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string };

export const known = (value: number): Measured => ({ value, reason: null });
export const unknownFor = (reason: string): Measured => ({ value: null, reason });
