import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceBot, type SlotEvents } from "../cycle/advance-bot";
import { startBot, type BotState } from "../cycle/bot-state";
import { llmSettingsOf } from "../cycle/model-question";
import { firstSlotFrom } from "../cycle/plan-slots";
import { DAY_MS } from "../market/duration";
import { decimal } from "../money";
import { createRecordedAnswers } from "./recorded-model";
import { createReadableMarket, type BacktestMarket } from "./readable-market";
import { runBacktest, type BacktestBot, type BacktestResult } from "./run-backtest";
import { SCRIPTED_MODEL } from "./testing/scripted-model";
import { BEGIN, CONDITIONS, createMarkets, SETTINGS } from "./testing/synthetic-markets";

const FROM = BEGIN + 17 * DAY_MS;
const TO = FROM + 4 * DAY_MS;
const capital = decimal(10_000);

const backtest = (markets: readonly BacktestMarket[], bots: readonly BacktestBot[], to = TO) =>
  runBacktest({ bots, markets, finestTimeframe: "5m", from: FROM, to, model: SCRIPTED_MODEL });
const only = (markets: readonly BacktestMarket[], settings: BacktestBot["settings"], to = TO) =>
  backtest(markets, [{ id: "bot", settings, capital }], to)[0];

/** The same bot by the whole step at every slot, which knows no short cut. */
const advanceAll = (markets: readonly BacktestMarket[], settings: BacktestBot["settings"], from = FROM) => {
  const readable = markets.map(createReadableMarket);
  const step = settings.intervalSeconds * 1000;
  const asking = llmSettingsOf(settings);
  const asked = asking && { askModel: createRecordedAnswers(SCRIPTED_MODEL, asking.model).ask };
  const events: SlotEvents[] = [];
  let state: BotState = startBot({ initialCapital: capital, currency: "USDT", at: FROM });
  for (let time = from; time < TO; time += step) {
    const slot = {
      finestTimeframe: "5m" as const,
      traded: readable.map((market) => market.at(time)),
      held: [],
      ...asked,
    };
    const advanced = advanceBot(state, { time, settings }, slot);
    ({ state } = advanced);
    events.push(advanced.events);
  }
  return { state, events };
};

type Whole = ReturnType<typeof advanceAll>;

const expectSame = (found: BacktestResult | undefined, { state, events }: Whole): void => {
  expect(found?.state).toEqual(state);
  expect(found?.fills).toEqual(events.flatMap(({ fills }) => fills));
  expect(found?.postings).toEqual(events.flatMap(({ postings }) => postings));
  expect(found?.trades.map(({ trade }) => trade)).toEqual(events.flatMap(({ trades }) => trades));
  expect(found?.alerts.map(({ message }) => message)).toEqual(
    events.flatMap(({ alert }) => (alert ? [alert.message] : [])),
  );
  const points = events.flatMap(({ point }) => (point ? [{ at: point.at, equity: point.equity }] : []));
  expect(found?.equity).toEqual(points);
  const reasons = events.flatMap(({ decisions }) => decisions.map(({ decision }) => decision.reason.code));
  expect(found?.decisions.total).toBe(reasons.length);
  expect(found?.decisions.reason).toEqual(
    Object.fromEntries([...new Set(reasons)].map((code) => [code, reasons.filter((each) => each === code).length])),
  );
};

const count = (outcome: Readonly<Record<string, number>>): number =>
  Object.values(outcome).reduce((sum, each) => sum + each, 0);

describe.each(Object.entries(SETTINGS))("a backtest of %s", (mode, settings) => {
  it("gives at every slot what the whole step gives: state, fills, trades, alerts and equity", () => {
    const outcomes = new Set<string>();
    const ordered = new Set<string>();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const markets = createMarkets(seed);
        const [found, whole] = [only(markets, settings), advanceAll(markets, settings)];
        expectSame(found, whole);
        for (const outcome of Object.keys(found?.decisions.outcome ?? {})) outcomes.add(outcome);
        for (const { orders } of whole.events) {
          for (const { positionSide, purpose } of orders) ordered.add(`${positionSide} ${purpose}`);
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
    const expected = {
      trinity: ["closed", "held", "opened", "rejected"],
      "trinity that asks its trader": ["closed", "held", "opened", "rejected"],
      "trinity with every exit": ["closed", "held", "opened"],
      "trinity in legs": ["closed", "held", "opened", "rejected"],
      "trinity that adds to positions in profit": ["closed", "held", "opened"],
      indicator: ["closed", "held", "opened", "rejected"],
      custom: ["closed", "held", "opened", "rejected"],
      llm: ["closed", "held", "opened"],
      "buy-and-hold": ["held", "opened"],
    };
    expect([...outcomes].toSorted()).toEqual(expected[mode as keyof typeof expected]);
    // By their own wish, not by a stop: every mode that chooses opens and closes both sides.
    const both = ["long entry", "long exit", "short entry", "short exit"];
    const wished = new Map([
      ["trinity with every exit", both],
      ["indicator", both],
      ["llm", both],
    ]);
    expect([...ordered]).toEqual(expect.arrayContaining(wished.get(mode) ?? ["long entry"]));
  });

  it("sees nothing of the future: what comes later changes nothing before it", () => {
    const cut = FROM + 2 * DAY_MS;
    const markets = createMarkets(3);
    const shifted = markets.map((market) => ({
      ...market,
      candles: market.candles.map((candle) =>
        candle.openTime < cut
          ? candle
          : { ...candle, open: candle.open * 2, high: candle.high * 2, low: candle.low * 2, close: candle.close * 2 },
      ),
    }));
    const [before, after] = [only(markets, settings, cut), only(shifted, settings, cut)];
    expect(after).toEqual(before);
    expect(only(shifted, settings)).not.toEqual(only(markets, settings));
  });
});

describe.each(Object.entries(CONDITIONS))("a backtest of markets %s", (_, vary) => {
  it("gives what the whole step gives, at any interval, also where a stop and a decision come at one slot", () => {
    const intervals = fc.constantFrom(60, 300, 420, 900, 3600);
    const modes = fc.constantFrom("trinity" as const, "trinity with every exit" as const);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), intervals, modes, (seed, intervalSeconds, mode) => {
        const markets = vary(createMarkets(seed));
        const settings = { ...SETTINGS[mode], intervalSeconds };
        expectSame(only(markets, settings), advanceAll(markets, settings, firstSlotFrom(FROM, intervalSeconds * 1000)));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});

describe("a backtest", () => {
  it("of a bot that asks its trader takes every entry as accepted at once", () => {
    const markets = createMarkets(5);
    expect(only(markets, SETTINGS["trinity that asks its trader"])).toEqual(only(markets, SETTINGS.trinity));
  });

  const markets = createMarkets(5);
  const trinity = { id: "b", settings: SETTINGS.trinity, capital };
  const control = { id: "a", settings: SETTINGS["buy-and-hold"], capital };

  it("of several bots gives each what it gets alone, in the order of their ids", () => {
    const both = backtest(markets, [trinity, control]);
    expect(both.map(({ botId }) => botId)).toEqual(["a", "b"]);
    expect(both[0]).toEqual(backtest(markets, [control])[0]);
    expect(both[1]).toEqual(backtest(markets, [trinity])[0]);
  });

  it("runs the slots of all bots in the order of time, at one instant by id", () => {
    const slots: string[] = [];
    runBacktest({
      bots: [trinity, control],
      markets,
      finestTimeframe: "5m",
      from: FROM,
      to: FROM + 3_600_000,
      onSlot: (time, botId) => slots.push(`${(time - FROM) / 60_000} ${botId}`),
    });
    expect(slots).toEqual(["0 a", "0 b", "15 b", "30 a", "30 b", "45 b"]);
  });

  it("counts every decision once by its outcome and reason", () => {
    const { decisions } = backtest(markets, [trinity])[0] ?? {};
    expect(count(decisions?.outcome ?? {})).toBe(decisions?.total);
    expect(count(decisions?.reason ?? {})).toBe(decisions?.total);
  });

  it("knows what each trade risked: from its entry to the stop as planned, for all of it", () => {
    const { trades = [] } = backtest(markets, [trinity])[0] ?? {};
    expect(trades.length).toBeGreaterThan(3);
    for (const { trade, risk } of trades) {
      const share = risk?.div(trade.entryPrice.times(trade.quantity)).toNumber();
      // The stop lies 1.5 % from the price that the decision saw, the entry at the open after it.
      expect(share).toBeGreaterThan(0.01);
      expect(share).toBeLessThan(0.02);
    }
  });

  it("knows it of a trade in legs as of all that it planned: no stop costs much more", () => {
    const { trades = [] } = backtest(markets, [{ ...trinity, settings: SETTINGS["trinity in legs"] }])[0] ?? {};
    const most = Math.max(
      ...trades.map(({ trade, risk }) =>
        trade.realizedPnl
          .neg()
          .div(risk ?? 0)
          .toNumber(),
      ),
    );
    // Fees and slippage come on top.
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThan(1.2);
  });
});
