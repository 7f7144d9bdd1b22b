/** What a call of the API failed with; `data` comes from the server, so without it nothing came. */
type CallError = { readonly message: string; readonly data?: unknown };

export const NO_ANSWER = "The server did not answer. Try again: what it has done already is not done twice.";

/** What to tell the user of a failed call; null: it has not failed. */
export const errorWords = (error: CallError | null): string | null => {
  if (error === null) return null;
  return error.data === undefined || error.data === null ? NO_ANSWER : error.message;
};
