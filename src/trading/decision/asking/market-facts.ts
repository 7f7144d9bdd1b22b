import { findAlphaSetups, type AlphaMenu } from "../analysis/alpha-setups";
import type { Narrative } from "../analysis/select-narratives";
import { watchPainTrade, type PainTrade } from "../analysis/pain-trade";
import { toFact, toWordFact, type Fact } from "./fact";
import type { FrameReading, LlmReadings } from "./llm-readings";
import { PERCENT, toPercent } from "./percent";

/** What a venue says of a market beside its candles; null is unknown. `fundingRate`: a fraction per 8 h. */
type VenueReading = {
  readonly fundingRate: number | null;
  /** Open interest over that of the reading before. */
  readonly openInterestRatio: number | null;
};

export type MarketToTell = VenueReading & {
  readonly pair: string;
  readonly readings: LlmReadings;
  /** What price made of the newest news of the pair; "none": there is none; null: nobody reads the news. */
  readonly narrative: Narrative | "none" | null;
};

const frameFacts = (pair: string, frame: FrameReading): Fact[] => {
  const { timeframe, close, atr14 } = frame;
  const at = (name: string): string => `${pair}.${timeframe}.${name}`;
  return [
    toFact(at("close"), `last close on ${timeframe}`, [close, "price"]),
    toFact(at("change"), "change of that candle", [toPercent(frame.change), "percent"]),
    toFact(at("ema20"), "EMA(20)", [frame.ema20, "price"]),
    toFact(at("ema50"), "EMA(50)", [frame.ema50, "price"]),
    toFact(at("rsi14"), "RSI(14)", [frame.rsi14, "index"]),
    toFact(at("macd-histogram"), "MACD(12,26,9) less its signal", [frame.macdHistogram, "price"]),
    toFact(at("atr14"), "ATR(14) as a share of the close", [
      atr14 === null ? null : (PERCENT * atr14) / close,
      "percent",
    ]),
    toFact(at("range-high"), "highest high of 20 candles", [frame.rangeHigh, "price"]),
    toFact(at("range-low"), "lowest low of 20 candles", [frame.rangeLow, "price"]),
    toFact(at("range-position"), "close in that range, 0 % its low", [toPercent(frame.rangePosition), "percent"]),
    toFact(at("volume"), "volume over the mean of 20 candles before", [frame.volumeShare, "times"]),
  ];
};

const structureFacts = (pair: string, { gaps, supports, resistances, supertrend }: LlmReadings): Fact[] => {
  const levels = { support: supports, resistance: resistances };
  return [
    toWordFact(`${pair}.supertrend.direction`, "Supertrend(10,3)", supertrend?.direction ?? null),
    toFact(`${pair}.supertrend.value`, "its band", [supertrend?.value, "price"]),
    ...Object.entries(levels).flatMap(([name, all]) =>
      all.map(({ price, touches }, index) =>
        toFact(`${pair}.${name}${index + 1}`, `${name} that ${touches} pivots made`, [price, "price"]),
      ),
    ),
    ...gaps.flatMap(({ side, low, high, age, state }, index) => {
      const at = `${pair}.gap${index + 1}`;
      return [
        toFact(`${at}.low`, `${side} fair value gap, ${age} candles old, ${state}: from`, [low, "price"]),
        toFact(`${at}.high`, "to", [high, "price"]),
      ];
    }),
  ];
};

const setupFacts = (pair: string, { setups, bias, risks }: AlphaMenu): Fact[] => [
  ...setups.map(({ code, side }) => toWordFact(`${pair}.setup.${code}`, `hypothesis: ${code}`, side)),
  toWordFact(`${pair}.setup.bias`, "side that they add up to", bias),
  ...risks.flatMap(({ code, met }) =>
    met === true ? [toWordFact(`${pair}.risk.${code}`, "latent risk", "present")] : [],
  ),
];

const painFacts = (pair: string, pain: PainTrade): Fact[] => [
  toWordFact(`${pair}.pain.squeeze`, "who may be squeezed", pain.squeeze),
  toFact(`${pair}.pain.above`, "shorts give up above", [pain.triggers?.above, "price"]),
  toFact(`${pair}.pain.below`, "longs give up below", [pain.triggers?.below, "price"]),
  ...pain.crowded.flatMap(({ code, met }) =>
    met === true ? [toWordFact(`${pair}.pain.${code}`, "crowded trade", "present")] : [],
  ),
];

const readingOf = (narrative: MarketToTell["narrative"]) =>
  narrative === null || narrative === "none" ? narrative : narrative.reading;

const narrativeFacts = (pair: string, narrative: MarketToTell["narrative"]): Fact[] => {
  const isTold = narrative !== null && narrative !== "none";
  const word = isTold ? narrative.reading.kind : narrative;
  return [
    toWordFact(`${pair}.narrative`, "what price made of its newest news", word),
    toWordFact(`${pair}.news-sentiment`, "how that news is worded", isTold ? narrative.sentiment : null),
  ];
};

/** All that is told of a market, in a fixed order; nothing where no decision candle had closed. */
export const marketFacts = ({ pair, readings, fundingRate, openInterestRatio, narrative }: MarketToTell): Fact[] => {
  const { frames, change24h, high4h, low4h } = readings;
  const [decision] = frames;
  if (!decision) return [];
  const { close, ema20, ema50, rsi14, rangePosition } = decision;
  const shared = { fundingRate, change24h, high4h, low4h };
  const menu = findAlphaSetups({
    ...shared,
    close,
    ema20,
    ema50,
    rsi14,
    rangePosition,
    narrative: readingOf(narrative),
  });
  // The change of an hour is of the decision candle only where that lasts one.
  const change1h = frames.find(({ timeframe }) => timeframe === "1h")?.change ?? null;
  const news = narrative === null || narrative === "none" ? null : narrative.sentiment;
  const pain = watchPainTrade({ ...shared, openInterestRatio, change1h, news });
  return [
    ...frames.flatMap((frame) => frameFacts(pair, frame)),
    toFact(`${pair}.change-24h`, "change of 24 hours", [toPercent(change24h), "percent"]),
    toFact(`${pair}.high-4h`, "high of 4 hours", [high4h, "price"]),
    toFact(`${pair}.low-4h`, "low of 4 hours", [low4h, "price"]),
    toFact(`${pair}.funding`, "funding of 8 hours", [toPercent(fundingRate), "percent"]),
    toFact(`${pair}.open-interest`, "open interest over that of the reading before", [openInterestRatio, "times"]),
    ...structureFacts(pair, readings),
    ...setupFacts(pair, menu),
    ...painFacts(pair, pain),
    ...narrativeFacts(pair, narrative),
  ];
};
