import type { OrderView } from "~/contracts/cycle-view";
import { describeExit } from "~/trading/execution/describe-exit";
import { formatExact, formatPrice } from "../format/format-amount";
import type { Tone } from "../ui/badge";

const STATUSES: Readonly<Record<string, { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: "Not sent yet", tone: "neutral" },
  submitting: { word: "Being sent", tone: "neutral" },
  accepted: { word: "At the venue", tone: "accent" },
  partiallyFilled: { word: "Partly filled", tone: "accent" },
  filled: { word: "Filled", tone: "gain" },
  canceled: { word: "Cancelled", tone: "neutral" },
  rejected: { word: "Refused by the venue", tone: "loss" },
  expired: { word: "Expired", tone: "neutral" },
  unknown: { word: "Not confirmed yet", tone: "warn" },
};

/** An order's status for readers; an unknown one, as of a later version, is shown as it is. */
export const statusOfOrder = (status: string) => STATUSES[status] ?? { word: status, tone: "neutral" as const };

export const PURPOSES: Record<OrderView["purpose"], string> = {
  entry: "Entry",
  addition: "Entry, added",
  leg: "Entry, leg",
  exit: "Exit, decided",
  protective: "Exit, protective",
  manual: "By hand",
};

/** Kinds of entries, whose purpose says what they are. */
const ENTRIES: ReadonlyMap<string, string> = new Map([
  ["market", "market"],
  ["entry-leg", "at its price,"],
]);

/** What kind of order it is, or by what exit rule: "market", "SMA200 crossed:". */
export const kindOfOrder = (kind: string): string => ENTRIES.get(kind) ?? `${describeExit(kind)}:`;

/** What an entry enters further once price reaches its legs; null: nothing. */
export const describeOrderLegs = ({ legs, priceDigits }: Pick<OrderView, "legs" | "priceDigits">): string | null => {
  if (legs.length === 0) return null;
  const parts = legs.map(({ price, quantity }) => `${formatExact(quantity)} at ${formatPrice(price, priceDigits)}`);
  return `then ${parts.join(" and ")}`;
};
