/** Stands in for modules that refuse to load outside of Next, such as "server-only". */
export const EMPTY = true;
