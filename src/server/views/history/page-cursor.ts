import { z } from "zod";
import { AppError } from "../../errors";

/** Where a page ended: the venue time (ms) and the id of its last row. */
export type PageEnd = { readonly at: Date; readonly id: string };

export type Page<Item> = { readonly items: Item[]; readonly nextCursor: string | null };

/** What a page is asked by; `cursor` is one that an earlier page gave. */
export type PageRequest = { readonly cursor?: string | null | undefined; readonly limit: number };

/** The year 4707: later than any row, and a date to PostgreSQL. */
const DATE_MS_MAX = 8.64e13;
const cursorSchema = z.tuple([z.number().int().min(0).max(DATE_MS_MAX), z.uuid()]);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Opaque to its reader; holds nothing the reader may not know. */
const writeCursor = ({ at, id }: PageEnd): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");

/** Where to continue. Throws AppError for a cursor that no page gave. */
const readCursor = (cursor: string): PageEnd => {
  const read = cursorSchema.safeParse(parse(Buffer.from(cursor, "base64url").toString()));
  if (!read.success) {
    throw new AppError("invalid", "This cursor does not belong to this list: leave it out to start from the newest.");
  }
  const [at, id] = read.data;
  return { at: new Date(at), id };
};

/** The greatest id at the end of time: nothing is newer. */
const NEWEST: PageEnd = { at: new Date(DATE_MS_MAX), id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

/** Where a request goes on; before the newest row when it has no cursor. */
export const startOf = ({ cursor }: PageRequest): PageEnd =>
  cursor === null || cursor === undefined ? NEWEST : readCursor(cursor);

/** A page of `rows`, which were read one beyond its limit to know whether there are more. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  map: { readonly toItem: (row: Row) => Item; readonly endOf: (row: Row) => PageEnd },
): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(map.toItem),
    nextCursor: last !== undefined && rows.length > limit ? writeCursor(map.endOf(last)) : null,
  };
};
