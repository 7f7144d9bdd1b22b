import { createInstrument } from "../../simulators/okx/instrument";
import type { RecordedMarket } from "../../simulators/candles/candle-library";
import { parseOkxMarket } from "../../src/server/adapters/exchange/okx/parse-okx-market";
import type { RecordedModel } from "../../src/trading/backtest/recorded-model";
import type { BacktestMarket } from "../../src/trading/backtest/readable-market";
import { runBacktest, type BacktestResult } from "../../src/trading/backtest/run-backtest";
import { invariant } from "../../src/trading/invariant";
import { decimal } from "../../src/trading/money";
import { VENUE_CATALOGUE } from "../../src/trading/venue-catalogue";
import type { BacktestPlan } from "../replay/replay-plan";

/** The market as the recorded venue lists it, with the demo venue's fee. */
const toMarket = (market: RecordedMarket, index: number): BacktestMarket => {
  const rules = parseOkxMarket(createInstrument(market).row);
  invariant(rules, `${market.pair} cannot be traded by the rules that its venue states`);
  const takerFeeRate = VENUE_CATALOGUE.demo.fees.taker.toFixed();
  const { timeframe, candles } = market;
  return { id: index + 1, rules: { ...rules, takerFeeRate }, timeframe, candles };
};

/** A market that is listed later is never known to a bot that was made before. */
export const marketsOf = ({ markets, from }: Pick<BacktestPlan, "markets" | "from">): BacktestMarket[] =>
  markets.filter((market) => market.from <= from).map(toMarket);

/** `model`: what stands for the bot's model, where it asks one. */
export type TradingMeans = {
  readonly capital: string;
  readonly onSlot: (time: number) => void;
  readonly model?: RecordedModel;
};

/** Trades a recording with one bot. `onSlot` is called with the time (ms) of each slot. */
export const tradeRecording = (
  { settings, finestTimeframe, from, to }: BacktestPlan,
  markets: readonly BacktestMarket[],
  { capital, onSlot, model }: TradingMeans,
): BacktestResult => {
  const bots = [{ id: "backtest", settings, capital: decimal(capital) }];
  const [result] = runBacktest({ bots, markets, finestTimeframe, from, to, onSlot, ...(model && { model }) });
  invariant(result, "a backtest of one bot has one result");
  return result;
};
