import type { CandleLibrary, RecordedMarket } from "../../simulators/candles/candle-library";
import { DAY_MS, SYNTHETIC_START } from "../../simulators/demo/create-day-candles";
import { decide, decisionTimeframes } from "../../src/trading/decision/decide";
import { EAGER_SETTINGS } from "./bot-kinds";
import { INTERVAL_MS } from "./plan-closes";

/** A market time (ms) at which eager bots have something to enter at each close. */
export type ScaleOpening = {
  readonly firstClose: number;
  /** When the bots that hold from the start entered, and which pairs Trinity did. */
  readonly heldFrom: number;
  readonly held: readonly string[];
};

const FIRST_DAY = 30;
const DAYS_MAX = 400;
const HOUR_MS = 3_600_000;
/** Two slots, so that what is held was looked at once since. */
const HELD_BEFORE_MS = 2 * INTERVAL_MS;

const wouldEnter = (market: RecordedMarket, time: number): boolean => {
  const { seriesAt, pair } = market;
  if (seriesAt === undefined) return false;
  const series = decisionTimeframes(EAGER_SETTINGS).map(({ timeframe, count }) =>
    seriesAt({ from: market.timeframe, to: timeframe, gridOffsetMs: 0 }, time, count),
  );
  const question = { pair, time, settings: EAGER_SETTINGS, series, position: null, wasHeld: false };
  return decide(question).action === "open";
};

const entriesAt = ({ markets }: CandleLibrary, time: number): string[] =>
  markets.filter((market) => wouldEnter(market, time)).map(({ pair }) => pair);

/** Whether a bot that enters one pair at each close finds one that it does not hold yet, until it holds all. */
const lasts = (library: CandleLibrary, firstClose: number, closes: number): boolean =>
  Array.from({ length: Math.min(closes, library.markets.length) }, (_, index) => index).every(
    (index) => entriesAt(library, firstClose + index * INTERVAL_MS).length > index,
  );

/**
 * Looks for the market's first hour, from its thirtieth day on, at which the product's own decision enters enough pairs
 * at each of `closes` closes. Throws when there is none.
 */
export const chooseOpening = (library: CandleLibrary, closes: number): ScaleOpening => {
  const from = SYNTHETIC_START + FIRST_DAY * DAY_MS;
  for (let firstClose = from; firstClose < from + DAYS_MAX * DAY_MS; firstClose += HOUR_MS) {
    const heldFrom = firstClose - HELD_BEFORE_MS;
    const held = entriesAt(library, heldFrom);
    if (held.length > 0 && lasts(library, firstClose, closes)) return { firstClose, heldFrom, held };
  }
  throw new Error("the synthetic market has no hour in which enough bots would enter");
};
