/** Rows on one page of a bot's lists, which is all that the document has of them. */
export const PAGE_ROWS = 50;
/** Commands beside all else on its overview. */
export const COMMAND_ROWS = 20;
