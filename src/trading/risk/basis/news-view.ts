import { MINUTE_MS } from "../../market/duration";
import { baseOf, quoteOf, type TradingPair } from "../../market/trading-pair";
import type { NewsEvent } from "../../ports";

/** The news as the gate sees them. `none`: there is no calendar; `unreadable`: there is one, and it cannot be read. */
export type NewsView =
  | { readonly state: "none" }
  | { readonly state: "unreadable" }
  | { readonly state: "known"; readonly events: readonly NewsEvent[] };

export const NO_CALENDAR: NewsView = { state: "none" };

type Asked = { readonly pair: TradingPair; readonly time: number; readonly minutes: number };

const concerns = ({ currencies }: NewsEvent, pair: TradingPair): boolean =>
  currencies.length === 0 || currencies.includes(baseOf(pair)) || currencies.includes(quoteOf(pair));

/** Of the events that keep a pair from being entered at `time` (ms), the one that does so longest; until when, ms. */
export const findBlackout = (
  events: readonly NewsEvent[],
  { pair, time, minutes }: Asked,
): { readonly event: NewsEvent; readonly until: number } | null => {
  const margin = minutes * MINUTE_MS;
  const [longest] = events
    .filter((event) => concerns(event, pair) && time >= event.from - margin && time <= event.through + margin)
    .toSorted((one, other) => other.through - one.through || one.from - other.from);
  return longest ? { event: longest, until: longest.through + margin } : null;
};
