import type { Decision } from "../decision/basis/decision";
import type { Candle } from "../market/candle";
import type { Timeframe } from "../market/timeframe";
import { decimal, toPlain, type Decimal } from "../money";
import { leftBandAt, leftBandIn, type PriceBand } from "./price-band";

/** The reason's code of an entry that its trader accepted. */
export const ACCEPTED = "accepted-by-trader";

export type Accepted = {
  /** As the bot's mode wanted it. */
  readonly proposed: Decision;
  /** The price that it was judged at. */
  readonly referencePrice: Decimal;
  readonly band: PriceBand;
  /** The present price; null: unknown. */
  readonly price: Decimal | null;
  /** The finest candles since it was looked at last, up to now. */
  readonly candles: readonly Candle[];
  readonly timeframe: Timeframe;
  /** The slot, ms. */
  readonly time: number;
};

const scaled = (level: string | null, by: Decimal): string | null => level && toPlain(decimal(level).times(by));

/** What a proposal comes to that is not placed. `text`: why. */
export const dropProposed = (proposed: Decision, text: string): Decision => ({
  ...proposed,
  action: "hold",
  side: null,
  sizeFraction: null,
  leverage: null,
  entryPrice: null,
  stopLoss: null,
  takeProfit: null,
  exits: null,
  invalidation: [],
  reason: { code: "proposal-expired", text },
});

/**
 * What an accepted proposal comes to at the present price: the entry with its stop and target as far from that price as
 * they were from the one before, by shares of it; the gate finds its size anew. A hold where the price left the band.
 */
export const decideAccepted = (accepted: Accepted): Decision => {
  const { proposed, referencePrice, band, price, candles, timeframe, time } = accepted;
  if (price === null) return dropProposed(proposed, "its market shows no price");
  const left = leftBandIn(band, candles, timeframe) ?? leftBandAt(band, price, time);
  if (left !== null) return dropProposed(proposed, left);
  const by = price.div(referencePrice);
  return {
    ...proposed,
    entryPrice: toPlain(price),
    stopLoss: scaled(proposed.stopLoss, by),
    takeProfit: scaled(proposed.takeProfit, by),
    reason: { code: ACCEPTED, text: `accepted by you: ${proposed.reason.text}` },
  };
};
