const SURROGATE = /\p{Surrogate}/gu;
const NUL = /\0/g;
const UNREADABLE = "\uFFFD";

const storable = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? value.replace(SURROGATE, UNREADABLE).replace(NUL, UNREADABLE) : value;

/** JSON of anything that a model may have written: without what PostgreSQL does not store, halves of characters and NUL. */
export const storableJson = (value: unknown): string => JSON.stringify(value, storable);
