import { expect, it } from "vitest";
import type { RecordedModel } from "~/trading/backtest/recorded-model";
import { runBacktest } from "~/trading/backtest/run-backtest";
import type { BacktestMarket } from "~/trading/backtest/readable-market";
import { botSettingsSchema } from "~/trading/bot-settings";
import { DAY_MS } from "~/trading/market/duration";
import { decimal } from "~/trading/money";
import type { RecordedMarket } from "../candles/candle-library";
import { createDemoLibrary } from "../demo/create-demo-library";
import { SYNTHETIC_START } from "../demo/create-day-candles";
import { answerAsAsked } from "./choose-trader";

/** The demo's own seed. */
const SEED = 20_240_101;
const FROM = SYNTHETIC_START + 21 * DAY_MS;
const DAYS = 14;
const TO = FROM + DAYS * DAY_MS;
const FINEST = "15m";

const candlesOf = ({ seriesAt }: RecordedMarket) => {
  if (!seriesAt) throw new Error("a demo market is made on demand");
  const days = Array.from({ length: 21 + DAYS }, (_, day) => SYNTHETIC_START + (day + 1) * DAY_MS);
  const bar = { from: "1m", to: FINEST, gridOffsetMs: 0 } as const;
  return days.flatMap((until) =>
    seriesAt(bar, until, 1).filter(({ openTime }) => openTime >= until - DAY_MS && openTime < until),
  );
};

const toMarket = (market: RecordedMarket, index: number): BacktestMarket => ({
  id: index + 1,
  rules: {
    pair: market.pair,
    marketType: "swap",
    tick: "0.0001",
    lot: "0.0001",
    contractSize: "1",
    quantityMin: "0.0001",
    notionalMin: null,
    leverageMax: null,
    takerFeeRate: "0.0005",
  },
  timeframe: FINEST,
  candles: candlesOf(market),
});

type Canonical = readonly [
  frame: number,
  system: string[],
  message: string,
  tool: { name: string; input_schema: object },
];

/** Its "hash" is the question's key itself, whose prompt the trader reads. */
const SCRIPTED: RecordedModel = {
  find: (key) => {
    const [, system, message, tool] = JSON.parse(key.slice(key.indexOf("\n"))) as Canonical;
    const asked = { name: tool.name, schema: { ...tool.input_schema } };
    const { input } = answerAsAsked({ system: system.join("\n\n"), blocks: [message], tool: asked });
    const call = { type: "tool_use", id: "toolu_1", name: tool.name, input };
    return JSON.stringify({ type: "message", model: "m", stop_reason: "tool_use", content: [call] });
  },
  hash: (key) => key,
  pricedAt: 0,
};

it("in the demo's market the scripted model trades long and short, closes by its own word, and is never ungrounded", () => {
  const markets = createDemoLibrary(SEED).markets.map(toMarket);
  const pairs = markets.map(({ rules }) => rules.pair);
  const settings = botSettingsSchema.parse({ mode: "llm", pairs, intervalSeconds: 3600 });
  const bots = [{ id: "scripted", settings, capital: decimal(10_000) }];
  const [result] = runBacktest({ bots, markets, finestTimeframe: FINEST, from: FROM, to: TO, model: SCRIPTED });
  if (!result) throw new Error("a backtest of one bot has one result");
  const { decisions, trades, state } = result;
  const sides = [...trades.map(({ trade }) => trade.side), ...state.positions.map(({ side }) => side)];
  expect([...new Set(sides)].toSorted()).toEqual(["long", "short"]);
  expect(trades.map(({ trade }) => trade.exitReason)).toContain("exit-model-closes");
  expect(result.model).toMatchObject({ missing: 0, questions: DAYS * 24 });
  // It is refused nothing: what it cites is so, its levels are right, and it keeps to the limits that it was told.
  expect(Object.keys(decisions.reason).toSorted()).toEqual(["entry", "model-closes", "model-holds", "position-open"]);
  expect(decisions.rule).toEqual({});
  const free = (decisions.reason["entry"] ?? 0) + (decisions.reason["model-holds"] ?? 0);
  expect((decisions.reason["entry"] ?? 0) / free).toBeLessThanOrEqual(0.05);
}, 120_000);
