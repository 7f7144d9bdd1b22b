import type { Page } from "~/contracts/list-page";
import { placeOf, writeCursor, type PageEnd, type PageRequest, type Place, type Sorting } from "./page-cursor";

type Reading<Row, Item> = {
  readonly sorting: Sorting;
  /** Up to `limit` rows from a place on, those nearest to it first: going back, the list's order is turned round. */
  readonly read: (place: Place | null, limit: number) => Promise<readonly Row[]>;
  readonly toItem: (row: Row) => Item;
  readonly endOf: (row: Row) => PageEnd;
};

/** A page and the rows that it is made of, in the list's order. */
export type ReadPage<Row, Item> = Page<Item> & { readonly rows: readonly Row[] };

/** Reads a page and one row more, to know whether there are more. Throws AppError for a strange cursor. */
export const readPage = async <Row, Item>(
  request: PageRequest,
  { sorting, read, toItem, endOf }: Reading<Row, Item>,
): Promise<ReadPage<Row, Item>> => {
  const { limit } = request;
  const asked = placeOf(sorting, request);
  let place = asked;
  let found = await read(place, limit + 1);
  // Going back has come to the first row: the first page, which is then whole.
  if (place?.way === "back" && found.length <= limit) {
    place = null;
    found = await read(null, limit + 1);
  }
  const isBack = place?.way === "back";
  const near = found.slice(0, limit);
  const rows = isBack ? near.toReversed() : near;
  const cursorAt = (row: Row | undefined, way: Place["way"]): string | null =>
    row === undefined ? null : writeCursor(sorting, { ...endOf(row), way });
  return {
    rows,
    items: rows.map(toItem),
    nextCursor: isBack || found.length > limit ? cursorAt(rows.at(-1), "on") : null,
    previousCursor: place === null ? null : cursorAt(rows[0], "back"),
  };
};
