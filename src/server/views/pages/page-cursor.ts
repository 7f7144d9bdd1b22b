import { z } from "zod";
import { AppError } from "../../errors";
import { isStorableText } from "~/contracts/storable-text";

/** Where a page ended: what its last row is sorted by, as text (null: unknown), and the row's id. */
export type PageEnd = { readonly key: string | null; readonly id: string };

/** A list as it is sorted. `sort` names the list too, so that another list's cursor is none of this one's. */
export type Sorting = {
  readonly sort: string;
  readonly order: "asc" | "desc";
  readonly kind: "instant" | "amount" | "text";
};

/** Where a page begins: after a row, or going back from it. */
export type Place = PageEnd & { readonly way: "on" | "back" };

/** What a page is asked by; `cursor` is one that an earlier page gave. */
export type PageRequest = { readonly cursor?: string | null | undefined; readonly limit: number };

/** The year 4707: later than any row, and a date to PostgreSQL. */
export const DATE_MS_MAX = 8.64e13;

const KEYS: Readonly<Record<Sorting["kind"], (key: string) => boolean>> = {
  instant: (key) => /^\d{1,14}$/.test(key) && Number(key) <= DATE_MS_MAX,
  amount: (key) => /^-?\d{1,30}(\.\d{1,40})?$/.test(key),
  text: (key) => key.length <= 200 && isStorableText(key),
};

const cursorSchema = z.tuple([
  z.string(),
  z.enum(["asc", "desc"]),
  z.enum(["on", "back"]),
  z.string().nullable(),
  z.uuid(),
]);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Opaque to its reader; holds nothing the reader may not know. */
export const writeCursor = ({ sort, order }: Sorting, { way, key, id }: Place): string =>
  Buffer.from(JSON.stringify([sort, order, way, key, id])).toString("base64url");

/** Where to continue; null: at the list's first row. Throws AppError for a cursor that no page of this list gave. */
export const placeOf = (sorting: Sorting, { cursor }: PageRequest): Place | null => {
  if (cursor === null || cursor === undefined) return null;
  const { success, data } = cursorSchema.safeParse(parse(Buffer.from(cursor, "base64url").toString()));
  if (success) {
    const [sort, order, way, key, id] = data;
    const isOfList = sort === sorting.sort && order === sorting.order;
    if (isOfList && (key === null || KEYS[sorting.kind](key))) return { way, key, id };
  }
  throw new AppError("invalid", "This cursor does not belong to this list: leave it out to start from its first row.");
};
