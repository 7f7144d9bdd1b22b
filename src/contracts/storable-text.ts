/** PostgreSQL stores neither a NUL nor half of a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes("\0") && !/\p{Surrogate}/u.test(text);
