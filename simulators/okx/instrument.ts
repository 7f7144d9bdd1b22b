import { Decimal, decimal, minOf, toPlain } from "~/trading/money";
import { baseOf, quoteOf } from "~/trading/market/trading-pair";

import type { RecordedMarket } from "../candles/candle-library";

export type Instrument = {
  readonly instId: string;
  readonly instType: "SWAP" | "SPOT";
  readonly tick: Decimal;
  /** Base units of one contract; 1 on spot. */
  readonly contractValue: Decimal;
  /** The row of public/instruments, with every key the venue documents. */
  readonly row: Readonly<Record<string, unknown>>;
};

type Rules = { tick: string; lot: string; sizeMin: string; contractValue: string; leverage: string };

// As the venue publishes them for USDT markets; sizes of swaps count contracts, sizes of spot base units.
const SWAP_RULES: Readonly<Record<string, Rules>> = {
  BTC: { tick: "0.1", lot: "0.01", sizeMin: "0.01", contractValue: "0.01", leverage: "100" },
  ETH: { tick: "0.01", lot: "0.01", sizeMin: "0.01", contractValue: "0.1", leverage: "100" },
  SOL: { tick: "0.01", lot: "0.01", sizeMin: "0.01", contractValue: "1", leverage: "100" },
  BNB: { tick: "0.1", lot: "0.01", sizeMin: "0.01", contractValue: "0.01", leverage: "100" },
  XRP: { tick: "0.0001", lot: "0.01", sizeMin: "0.01", contractValue: "100", leverage: "100" },
};
const SPOT_RULES: Readonly<Record<string, Rules>> = {
  BTC: { tick: "0.1", lot: "0.00000001", sizeMin: "0.00001", contractValue: "1", leverage: "10" },
  ETH: { tick: "0.01", lot: "0.000001", sizeMin: "0.0001", contractValue: "1", leverage: "10" },
  SOL: { tick: "0.01", lot: "0.000001", sizeMin: "0.001", contractValue: "1", leverage: "10" },
  BNB: { tick: "0.1", lot: "0.000001", sizeMin: "0.001", contractValue: "1", leverage: "10" },
  XRP: { tick: "0.0001", lot: "0.000001", sizeMin: "1", contractValue: "1", leverage: "10" },
};

/**
 * The instrument of a recorded market. An unknown one gets a lot worth about one quote unit at its first price, a
 * power of ten, in contracts of one base unit. The tick is the known one or the finest recorded decimal, whichever
 * is finer: a recorded price must lie on the tick.
 */
export const createInstrument = (market: RecordedMarket): Instrument => {
  const isSwap = market.marketType === "swap";
  const base = baseOf(market.pair);
  const quote = quoteOf(market.pair);
  const family = `${base}-${quote}`;
  const known = quote === "USDT" ? (isSwap ? SWAP_RULES : SPOT_RULES)[base] : undefined;
  const rules = known ?? assumedRules(market);
  const tick = minOf(decimal(rules.tick), powerOfTen(-market.priceDecimals));
  const instId = isSwap ? `${family}-SWAP` : family;
  const shared = {
    ...EMPTY_ROW,
    instId,
    instType: isSwap ? "SWAP" : "SPOT",
    lever: rules.leverage,
    listTime: String(market.from),
    lotSz: rules.lot,
    minSz: rules.sizeMin,
    tickSz: toPlain(tick),
    tradeQuoteCcyList: isSwap ? [] : [quote],
  };
  const row = isSwap
    ? {
        ...shared,
        ctMult: "1",
        ctType: "linear",
        ctVal: rules.contractValue,
        ctValCcy: base,
        instFamily: family,
        settleCcy: quote,
        uly: family,
      }
    : { ...shared, baseCcy: base, quoteCcy: quote };
  return { instId, instType: isSwap ? "SWAP" : "SPOT", tick, contractValue: decimal(rules.contractValue), row };
};

const assumedRules = ({ candles, priceDecimals, marketType }: RecordedMarket): Rules => {
  const firstPrice = candles[0]?.open ?? 1;
  const lot = toPlain(powerOfTen(Math.round(-Math.log10(firstPrice))));
  const leverage = marketType === "swap" ? "50" : "5";
  return { tick: toPlain(powerOfTen(-priceDecimals)), lot, sizeMin: lot, contractValue: "1", leverage };
};

const powerOfTen = (exponent: number): Decimal => Decimal.pow(10, exponent);

const SIZE_MAX = "99999999";
const EMPTY_ROW = {
  alias: "",
  auctionEndTime: "",
  baseCcy: "",
  category: "1",
  contTdSwTime: "",
  ctMult: "",
  ctType: "",
  ctVal: "",
  ctValCcy: "",
  expTime: "",
  futureSettlement: false,
  groupId: "1",
  instCategory: "1",
  instFamily: "",
  instIdCode: null,
  maxIcebergSz: SIZE_MAX,
  maxLmtAmt: "20000000",
  maxLmtSz: SIZE_MAX,
  maxMktAmt: "1000000",
  maxMktSz: SIZE_MAX,
  maxStopSz: SIZE_MAX,
  maxTriggerSz: SIZE_MAX,
  maxTwapSz: SIZE_MAX,
  openType: "",
  optType: "",
  preMktSwTime: "",
  quoteCcy: "",
  ruleType: "normal",
  settleCcy: "",
  state: "live",
  stk: "",
  uly: "",
  upcChg: [],
};
