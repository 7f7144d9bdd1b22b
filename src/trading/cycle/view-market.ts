import { candleCloseTime, type Candle } from "../market/candle";
import { candleRangeOf, candleValueOf } from "../market/candle-value";
import { spreadFraction, type MarketSnapshot } from "../market/market-snapshot";
import type { Matching } from "../execution/matching";
import type { Timeframe } from "../market/timeframe";
import { decimal, priceToMoney, type Decimal } from "../money";
import type { MarketTerms } from "../ports";
import type { MarketView } from "../risk/basis/risk-context";

/** How far back to search for the last settlement candle where the venue has gaps. */
export const LAST_CANDLE_LOOKBACK = 12;

/** What the venue showed of a market at the slot, as decimal text. */
export type ShownPrices = Pick<MarketSnapshot, "referencePrice" | "bid" | "ask" | "quoteVolume24h" | "fundingRate">;

const NOTHING_SHOWN: ShownPrices = {
  referencePrice: null,
  bid: null,
  ask: null,
  quoteVolume24h: null,
  fundingRate: null,
};

/** What the gate reads of a market, and the price at which a position opened at the slot is marked. */
export type SlotView = MarketView & { readonly mark: Decimal | null };

type Seen = {
  readonly marketId: number;
  readonly rules: MarketTerms;
  readonly shown: ShownPrices | null;
  /** The last settlement candle that closed at or before the slot. */
  readonly last: Candle | undefined;
  readonly timeframe: Timeframe;
  /** How its orders are filled; absent: by version 1. */
  readonly matching?: Matching | undefined;
};

const optional = (text: string | null): Decimal | null => (text === null ? null : decimal(text));

/** A market at a slot (ms): the quote at the slot and the last closed settlement candle. Unknown stays null. */
export const viewMarket = ({ marketId, rules, shown, last, timeframe, matching }: Seen, slot: number): SlotView => {
  const { referencePrice, bid, ask, quoteVolume24h, fundingRate } = shown ?? NOTHING_SHOWN;
  return {
    marketId,
    rules,
    referencePrice: optional(referencePrice),
    spreadFraction: spreadFraction({ bid, ask }),
    quoteVolume24h: optional(quoteVolume24h),
    fundingRatePer8h: optional(fundingRate),
    candleValue: last ? candleValueOf(last) : null,
    candleRange: last ? candleRangeOf(last) : null,
    ...(matching && { matching }),
    mark: last ? priceToMoney(last.close) : null,
    dataAgeMs: last ? slot - candleCloseTime(last, timeframe) : null,
  };
};
