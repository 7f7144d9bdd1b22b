import type { FundingPayment } from "./funding";
import type { LegEntry, ProtectiveExit, Settled } from "./settle-position";

/** What is booked of a settlement, one at a time. */
export type SettledEvent =
  | { readonly type: "funding"; readonly knownAt: number; readonly payment: FundingPayment }
  | { readonly type: "entry"; readonly knownAt: number; readonly entry: LegEntry }
  | { readonly type: "exit"; readonly knownAt: number; readonly exit: ProtectiveExit };

type Found = Pick<Settled, "entries" | "exits" | "funding">;

/**
 * What has to be booked of a settlement, in the order in which it became known: of a candle its payments, then the legs
 * it entered, then its exits.
 */
export const settledEvents = ({ entries, exits, funding }: Found): SettledEvent[] =>
  [
    ...funding.map((payment): SettledEvent => ({ type: "funding", knownAt: payment.knownAt, payment })),
    ...entries.map((entry): SettledEvent => ({ type: "entry", knownAt: entry.knownAt, entry })),
    ...exits.map((exit): SettledEvent => ({ type: "exit", knownAt: exit.knownAt, exit })),
  ].toSorted((one, other) => one.knownAt - other.knownAt);

/** Whether a settlement brings nothing to book. */
export const isQuietlySettled = ({ entries, exits, funding }: Found): boolean =>
  entries.length === 0 && exits.length === 0 && funding.length === 0;
