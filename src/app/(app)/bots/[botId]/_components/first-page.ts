/** A page of a long list, as the server reads the first one. */
export type ListPage<Item> = { readonly items: Item[]; readonly nextCursor: string | null };

/** Query options of a long list: it begins with the page that the server read, and each page gives the next cursor. */
export const fromFirstPage = <Page extends ListPage<unknown>>(first: Page) => ({
  getNextPageParam: ({ nextCursor }: Page): string | null => nextCursor,
  initialData: { pages: [first], pageParams: [null] },
});

/** Rows on one page of a bot's lists. */
export const PAGE_ROWS = 50;
