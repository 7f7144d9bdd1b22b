import type { FundingPayment } from "./funding";
import type { ProtectiveExit, Settled } from "./settle-position";

/** What is booked of a settlement, one at a time. */
export type SettledEvent =
  | { readonly type: "funding"; readonly knownAt: number; readonly payment: FundingPayment }
  | { readonly type: "exit"; readonly knownAt: number; readonly exit: ProtectiveExit };

/** What has to be booked of a settlement, in the order in which it became known: a candle's payments before its exits. */
export const settledEvents = ({ exits, funding }: Pick<Settled, "exits" | "funding">): SettledEvent[] =>
  [
    ...funding.map((payment): SettledEvent => ({ type: "funding", knownAt: payment.knownAt, payment })),
    ...exits.map((exit): SettledEvent => ({ type: "exit", knownAt: exit.knownAt, exit })),
  ].toSorted((one, other) => one.knownAt - other.knownAt);

/** Whether a settlement brings nothing to book. */
export const isQuietlySettled = ({ exits, funding }: Pick<Settled, "exits" | "funding">): boolean =>
  exits.length === 0 && funding.length === 0;
