/** A page of a long list, as the server reads the first one. */
export type ListPage<Item> = { readonly items: Item[]; readonly nextCursor: string | null };

/** How long lists go on: by the cursor that a page gave, from the page that the server read. */
export const fromFirstPage = <Page extends ListPage<unknown>>(first: Page) => ({
  getNextPageParam: ({ nextCursor }: Page): string | null => nextCursor,
  initialData: { pages: [first], pageParams: [null] },
});

/** Rows a page of a bot's lists. */
export const PAGE_ROWS = 50;
