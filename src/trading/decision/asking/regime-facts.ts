import { baseOf } from "../../market/trading-pair";
import { meanOfKnown } from "../analysis/market-horizon";
import { voteMarketRegime } from "../analysis/market-regime";
import { toFact, toWordFact, type Fact } from "./fact";
import type { LlmReadings } from "./llm-readings";
import { toPercent } from "./percent";

type Told = { readonly pair: string; readonly readings: LlmReadings };

/**
 * What the markets that are asked about say together. How they move together is not read, so that the regime is only
 * known where the other two votes agree.
 */
export const regimeFacts = (markets: readonly Told[]): Fact[] => {
  const isBitcoin = ({ pair }: Told): boolean => baseOf(pair) === "BTC";
  const bitcoin = markets.find(isBitcoin)?.readings.change24h ?? null;
  const others = meanOfKnown(markets.filter((market) => !isBitcoin(market)).map(({ readings }) => readings.change24h));
  const altsLead = bitcoin === null || others === null ? null : others - bitcoin;
  const dailyVolatility = meanOfKnown(markets.map(({ readings }) => readings.dailyVolatility));
  const { regime } = voteMarketRegime({ averageCorrelation: null, altsLead, dailyVolatility });
  return [
    toFact("market.alts-lead", "mean change of the other pairs in 24 hours less that of bitcoin", [
      toPercent(altsLead),
      "percent",
    ]),
    toFact("market.daily-volatility", "mean realised volatility of a day; 2 % is usual", [
      toPercent(dailyVolatility),
      "percent",
    ]),
    toWordFact("market.regime", "what they vote for", regime),
  ];
};
