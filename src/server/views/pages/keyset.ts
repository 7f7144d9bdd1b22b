import { Prisma } from "../../db/prisma";
import type { Place, Sorting } from "./page-cursor";

export type Keyset = {
  /** Rows that lie after the place, on the way that it goes. */
  readonly where: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
};

type Columns = { readonly key: Prisma.Sql; readonly id: Prisma.Sql };

const CASTS: Readonly<Record<Sorting["kind"], (key: string) => Prisma.Sql>> = {
  instant: (key) => Prisma.sql`${new Date(Number(key))}`,
  amount: (key) => Prisma.sql`${key}::numeric`,
  text: (key) => Prisma.sql`${key}::text`,
};

const isRising = ({ order }: Sorting, place: Place | null): boolean => (order === "asc") !== (place?.way === "back");

/** By a column that every row has, so that an index on both columns finds the place. */
export const byKey = (sorting: Sorting, { key, id }: Columns, place: Place | null): Keyset => {
  const isUp = isRising(sorting, place);
  const orderBy = isUp ? Prisma.sql`${key} ASC, ${id} ASC` : Prisma.sql`${key} DESC, ${id} DESC`;
  if (place?.key === undefined || place.key === null) return { where: Prisma.sql`true`, orderBy };
  const value = CASTS[sorting.kind](place.key);
  const where = isUp
    ? Prisma.sql`${key} >= ${value} AND (${key}, ${id}) > (${value}, ${place.id}::uuid)`
    : Prisma.sql`${key} <= ${value} AND (${key}, ${id}) < (${value}, ${place.id}::uuid)`;
  return { where, orderBy };
};

/** By a value that may be unknown: such rows are last, whichever the order. */
export const byKnownKey = (sorting: Sorting, { key, id }: Columns, place: Place | null): Keyset => {
  const isUp = isRising(sorting, place);
  const isBack = place?.way === "back";
  const way = Prisma.raw(isUp ? "ASC" : "DESC");
  const orderBy = Prisma.sql`${key} ${way} NULLS ${Prisma.raw(isBack ? "FIRST" : "LAST")}, ${id} ${way}`;
  if (!place) return { where: Prisma.sql`true`, orderBy };
  const than = Prisma.raw(isUp ? ">" : "<");
  if (place.key === null) {
    const unknown = Prisma.sql`${key} IS NULL AND ${id} ${than} ${place.id}::uuid`;
    return { where: isBack ? Prisma.sql`(${key} IS NOT NULL OR ${unknown})` : unknown, orderBy };
  }
  const value = CASTS[sorting.kind](place.key);
  const known = Prisma.sql`(${key}, ${id}) ${than} (${value}, ${place.id}::uuid)`;
  return { where: isBack ? known : Prisma.sql`(${known} OR ${key} IS NULL)`, orderBy };
};
