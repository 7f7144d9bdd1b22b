/** Users on a page of their list. */
export const PAGE_ROWS = 50;
