import { z } from "zod";
import { decimal } from "~/trading/money";
import type { BooksJson } from "./books-json";

const amountsSchema = z.record(z.string(), z.string());

const auditFoundSchema = z.object({
  /** The newest ledger entry that was read, and the newest slot (ms) of a refusal; null: there was none. */
  ledgerThrough: z.string(),
  refusedThrough: z.number().nullable(),
  balances: amountsSchema,
  /** The figures that are sums of rows, by their names. */
  sums: amountsSchema,
  openPositions: z.array(z.uuid()),
});

/** What an audit read and found sound: the next one adds what came since. */
export type AuditFound = z.infer<typeof auditFoundSchema>;

/** As stored; null for what another release wrote, so that the books are folded wholly. */
export const parseFound = (stored: unknown): AuditFound | null => auditFoundSchema.safeParse(stored).data ?? null;

type Known = Readonly<Record<string, string>>;

const add = (one: string | null | undefined, other: string | null | undefined): string | null =>
  one === null || one === undefined
    ? (other ?? null)
    : decimal(one)
        .plus(other ?? 0)
        .toFixed();

const addAmounts = (before: Known, since: Readonly<Record<string, string | null>>): Record<string, string | null> =>
  Object.fromEntries(Object.keys({ ...before, ...since }).map((name) => [name, add(before[name], since[name])]));

/** A sum that is known and neither kept any more nor added to: its kept row is gone. */
const lostSums = (json: BooksJson, sums: Known): BooksJson["kept"] =>
  Object.entries(sums)
    .filter(([name]) => !json.kept.some((row) => row.name === name))
    .map(([name, fold]) => ({ name, kept: null, fold, isSum: true }));

/** Books of which only what came since was read, as if all had been: sums are those found before and what was added. */
export const addFound = (json: BooksJson, { balances, sums }: AuditFound): BooksJson => ({
  ...json,
  balances: addAmounts(balances, json.balances),
  kept: [
    ...json.kept.map((row) => (row.isSum ? { ...row, fold: add(sums[row.name], row.fold) } : row)),
    ...lostSums(json, sums),
  ],
});

const known = (amounts: readonly (readonly [string, string | null | undefined])[]): Record<string, string> =>
  Object.fromEntries(
    amounts.flatMap(([name, amount]) => (typeof amount === "string" ? [[name, decimal(amount).toFixed()]] : [])),
  );

/** What the next audit goes on from, of books that were read wholly or added up. */
export const foundIn = (json: BooksJson): AuditFound => ({
  ledgerThrough: json.ledgerThrough,
  refusedThrough: json.refusedThrough,
  balances: known(Object.entries(json.balances)),
  sums: known(json.kept.filter(({ isSum }) => isSum).map(({ name, fold }) => [name, fold])),
  openPositions: json.openPositions.flatMap(({ id }) => (id === null || id === undefined ? [] : [id])),
});
