import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "./bot-settings";
import { advanceBot, type AdvancedBot } from "./cycle/advance-bot";
import { startBot, type BotState } from "./cycle/bot-state";
import type { ShownPrices } from "./cycle/view-market";
import type { Decision } from "./decision/basis/decision";
import { HOUR_MS, MINUTE_MS } from "./market/duration";
import type { Candle } from "./market/candle";
import { decimal, toPlain } from "./money";
import { buildDecision, buildMarket, SLOT } from "./risk/testing/risk-context-builder";

// What the first 0xBot was tested for in its executor, one case each; every number here is worked out by hand. With
// volumes unknown a market order at 1000 pays 0.01 % of half spread and 0.05 % of impact, and the fee is 0.05 %.

const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT"], intervalSeconds: 3600 });
const CALM: ShownPrices = {
  referencePrice: "1000",
  bid: "999.9",
  ask: "1000.1",
  quoteVolume24h: "50000000",
  fundingRate: "0.0001",
};

const candleAt = (openTime: number, prices: Partial<Candle> = {}): Candle => {
  return { openTime, open: 1000, high: 1001, low: 999, close: 1000, volume: null, ...prices };
};

type Hour = {
  readonly price?: string;
  readonly wish?: Partial<Decision>;
  readonly shown?: Partial<ShownPrices>;
  /** Of the five minutes before the hour. */
  readonly candle?: Partial<Candle>;
};

const begin = (capital: number): BotState =>
  startBot({ initialCapital: decimal(capital), currency: "USDT", at: SLOT - HOUR_MS });

const HOLD: Partial<Decision> = { action: "hold", side: null, stopLoss: null, takeProfit: null, sizeFraction: null };
const LONG: Partial<Decision> = { score: 0.6 };
const SHORT: Partial<Decision> = { score: 0.6, side: "short", stopLoss: "1050", takeProfit: "900" };
const CLOSE: Partial<Decision> = {
  ...HOLD,
  action: "close",
  reason: { code: "exit-rsi", text: "the market is stretched" },
};

/** Lives the hours from SLOT on: at each the bot wishes so, at that price. */
const live = (hours: readonly Hour[], capital = 10_000): AdvancedBot[] => {
  let state = begin(capital);
  return hours.map(({ price = "1000", wish = HOLD, shown, candle }, index) => {
    const time = SLOT + index * HOUR_MS;
    const last = candleAt(time - 5 * MINUTE_MS, candle);
    const decision = buildDecision({ decidedCandle: time - HOUR_MS, ...wish });
    const market = {
      id: 1,
      rules: buildMarket().rules,
      shown: { ...CALM, referencePrice: price, ...shown },
      candles: ({ timeframe }: { readonly timeframe: string }) => (timeframe === "5m" ? [last] : []),
    };
    const advanced = advanceBot(
      state,
      { time, settings },
      { finestTimeframe: "5m", traded: [market], held: [], ask: () => decision },
    );
    ({ state } = advanced);
    return advanced;
  });
};

const cashOf = (lived: readonly AdvancedBot[]): string => toPlain(lived.at(-1)?.state.balances.cash ?? decimal(-1));
const tradesOf = (lived: readonly AdvancedBot[]) => lived.flatMap(({ events }) => events.trades);

/** What a close of 1049.37 (long) and 950.57 (short) rounds to against the trader, and what each then makes. */
describe.each([
  {
    name: "long",
    wish: LONG,
    sides: ["buy", "sell"],
    prices: ["1000.6", "1049.3"],
    at: "1050",
    quantity: "0.849",
    margin: "849.5094",
    fees: ["0.4247547", "0.44542785"],
    net: "40.47611745",
  },
  {
    name: "short",
    wish: SHORT,
    sides: ["sell", "buy"],
    prices: ["999.4", "950.6"],
    at: "950",
    quantity: "0.85",
    margin: "849.49",
    fees: ["0.424745", "0.404005"],
    net: "40.65125",
  },
])("executor: a $name", ({ wish, sides, prices, at, quantity, margin, fees, net }) => {
  const lived = live([{ wish }, { price: at, wish: CLOSE }]);
  const fills = lived.flatMap(({ events }) => events.fills.map(({ fill }) => fill));

  it("enters: its margin and fee leave the cash, and nothing else does", () => {
    const [position] = lived[0]?.state.positions ?? [];
    expect(position?.side).toBe(wish.side ?? "long");
    expect([position?.quantity, position?.entryPrice, position?.margin].map(String)).toEqual([
      quantity,
      prices[0],
      margin,
    ]);
    expect(cashOf(lived.slice(0, 1))).toBe(
      toPlain(
        decimal(10_000)
          .minus(margin)
          .minus(fees[0] ?? 0),
      ),
    );
  });

  it("exits by the opposite order: its margin and profit come back, less the fee", () => {
    expect(lived[1]?.state.positions).toEqual([]);
    expect(fills.map(({ side }) => side)).toEqual(sides);
    expect(fills.map(({ price }) => toPlain(price))).toEqual(prices);
    expect(fills.map(({ fee }) => toPlain(fee))).toEqual(fees);
    expect(tradesOf(lived).map(({ realizedPnl }) => toPlain(realizedPnl))).toEqual([net]);
    expect(cashOf(lived)).toBe(toPlain(decimal(10_000).plus(net)));
  });
});

describe("executor: an entry that protects nothing", () => {
  it.each<[string, Partial<Decision>]>([
    ["a long's stop above its price", { ...LONG, stopLoss: "1050" }],
    ["a long's stop at its price", { ...LONG, stopLoss: "1000.6" }],
    ["a long's target below its price", { ...LONG, takeProfit: "990" }],
    ["a short's stop below its price", { ...SHORT, stopLoss: "950" }],
    ["a short's target above its price", { ...SHORT, takeProfit: "1010" }],
    ["stop and target exchanged", { ...LONG, stopLoss: "1100", takeProfit: "950" }],
    ["both below a long's price", { ...LONG, stopLoss: "950", takeProfit: "960" }],
    ["no stop", { ...LONG, stopLoss: null }],
    ["no target", { ...LONG, takeProfit: null }],
  ])("with %s is refused by name, and never repaired into an order", (_, wish) => {
    const [{ state, events }] = live([{ wish }]) as [AdvancedBot];
    expect(events.assessed.map(({ verdict }) => [verdict?.outcome, verdict?.rule])).toEqual([
      ["rejected", "protection-side"],
    ]);
    expect([...events.orders, ...events.fills, ...events.postings, ...state.positions]).toEqual([]);
    expect(cashOf([{ state, events }])).toBe("10000");
  });
});

it("executor: a bot without capital enters nothing, divides by nothing and raises no alarm", () => {
  const [{ state, events }] = live([{ wish: LONG }], 0) as [AdvancedBot];
  expect(events.assessed.map(({ verdict }) => verdict?.outcome)).toEqual(["rejected"]);
  expect(events.orders).toEqual([]);
  expect(events.point?.equity.isZero()).toBe(true);
  expect(state.tradingState).toBe("active");
  expect(events.alert).toBeNull();
});

describe("executor: a workflow of a profit and a loss", () => {
  const lived = live([
    { wish: LONG },
    { price: "1050", wish: CLOSE },
    { wish: SHORT },
    { price: "1020", wish: CLOSE },
    { wish: LONG },
    // Between two hours the low touches the stop at 950, where it fills: less 0.57, down to the tick, is 949.4.
    { price: "945", candle: { open: 960, high: 960, low: 940, close: 945 } },
  ]);

  it("adds up to the last digit, trade by trade, in the cash", () => {
    // (999.4 - 1020.7) x 0.853 - 0.4262441 - 0.43532855; then (949.4 - 1000.6) x 0.851 - 0.4257553 - 0.4039697.
    const nets = ["40.47611745", "-19.03047265", "-44.400925"];
    expect(tradesOf(lived).map(({ realizedPnl }) => toPlain(realizedPnl))).toEqual(nets);
    expect(tradesOf(lived).map(({ exitReason }) => exitReason)).toEqual(["exit-rsi", "exit-rsi", "stop-loss"]);
    expect(cashOf(lived)).toBe("9977.0447198");
  });

  it("leaves complete records: each trade has both fills, both postings, all costs and why it ended", () => {
    const fills = lived.flatMap(({ events }) => events.fills);
    const postings = lived.flatMap(({ events }) => events.postings);
    for (const trade of tradesOf(lived)) {
      const [entry, exit, ...more] = fills.filter(({ positionId }) => positionId === trade.positionId);
      expect(more).toEqual([]);
      expect([entry?.fill.price, exit?.fill.price]).toEqual([trade.entryPrice, trade.exitPrice]);
      expect([entry?.filledAt, exit?.filledAt]).toEqual([trade.enteredAt, trade.exitedAt]);
      expect(entry?.fill.fee.plus(exit?.fill.fee ?? 0)).toEqual(trade.fees);
      const { grossPnl, slippage, fees, funding, realizedPnl } = trade;
      expect(grossPnl.minus(slippage).minus(fees).plus(funding)).toEqual(realizedPnl);
      const booked = postings.filter(({ id }) => id.includes(`:${trade.positionId}:`));
      expect(booked.map(({ id }) => id.split(":").at(-1))).toEqual(["open", "close"]);
      expect(Object.values(trade).filter((value) => value === null || value === undefined)).toEqual([]);
    }
  });
});

// The first 0xBot scaled what it had validated, and could pass its limits so; here the limits cut what was scaled.
it.each([
  [0.1, 0.3, "0.499", null],
  [0.1, 0.2, "0.499", null],
  [0.1, 0.6, "0.849", null],
  [0.1, 0.9, "1.199", null],
  [0.1, 1, "1.199", null],
  [0.25, 0.9, "2.498", "position-margin"],
])(
  "executor: confidence scales %s of equity at a score of %s to %s, never past a limit",
  (sizeFraction, score, quantity, rule) => {
    const [{ events }] = live([{ wish: { sizeFraction, score } }]) as [AdvancedBot];
    expect(events.fills.map(({ fill }) => toPlain(fill.quantity))).toEqual([quantity]);
    expect(events.assessed.map(({ verdict }) => verdict?.rule)).toEqual([rule]);
  },
);

it("executor: an entry at a ticker without bid or ask is judged by what is known, and its spread is called unknown", () => {
  for (const lacking of [{ bid: null }, { ask: null }, { bid: null, ask: null }]) {
    const [{ events }] = live([{ wish: LONG, shown: lacking }]) as [AdvancedBot];
    const spread = events.assessed[0]?.verdict?.checks.find(({ rule }) => rule === "spread");
    expect(spread).toMatchObject({ outcome: "unknown", measured: null });
    expect(events.fills).toHaveLength(1);
  }
});

it("executor: what was stopped out is not bought again at the slot that finds it, nor within its cooldown", () => {
  const stopped = { price: "945", candle: { open: 960, high: 960, low: 940, close: 945 }, wish: LONG };
  const lived = live([{ wish: LONG }, stopped, { wish: LONG }]);
  expect(tradesOf(lived.slice(0, 2)).map(({ exitReason }) => exitReason)).toEqual(["stop-loss"]);
  const [, found, later] = lived.map(({ events }) => events.assessed[0]?.verdict);
  expect(found).toMatchObject({ outcome: "rejected", rule: "cooldown" });
  // The stop was touched five minutes before the second slot: at the third the hour is over.
  expect(later).toMatchObject({ outcome: "approved" });
});
