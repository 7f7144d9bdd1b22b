import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { RESULTS_MAX } from "../risk/basis/past-results";
import type { ExitReason } from "../portfolio/exit-reason";
import {
  forgetOld,
  HISTORY_MS,
  NO_EVENTS,
  rememberEntry,
  rememberTrade,
  viewHistory,
  type PastEntry,
  type PastEvents,
} from "./entry-history";

const HOUR = 3_600_000;
const MIDNIGHT = 1_704_067_200_000;
const SLOT = MIDNIGHT + 12 * HOUR;
const [BTC, ETH] = [1, 2];
const limits = { consecutiveLossesMax: 2, lossPauseHours: 24 };
const ago = (hours: number): number => SLOT - hours * HOUR;

type Closed = Parameters<typeof rememberTrade>[1];
const trade = (exitedAt: number, exitReason: ExitReason, net = -1, marketId = BTC): Closed => ({
  marketId,
  exitedAt,
  exitReason,
  realizedPnl: decimal(net),
  quantity: decimal(2),
  entryPrice: decimal(50),
});
const entry = (at: number, overrides: Partial<PastEntry> = {}): PastEntry => ({
  marketId: BTC,
  at,
  decidedCandle: at - HOUR,
  statuses: ["filled"],
  ...overrides,
});
const remember = (trades: readonly Closed[], entries: readonly PastEntry[] = []): PastEvents =>
  entries.reduce(rememberEntry, trades.reduce(rememberTrade, NO_EVENTS));
const view = (trades: Closed[], entries: PastEntry[] = [], candle: number | null = null) =>
  viewHistory(remember(trades, entries), { time: SLOT, limits })(BTC, candle);

describe("the last stop of a pair", () => {
  it.each<[string, Closed[], number | null]>([
    ["none without a trade", [], null],
    ["a stop", [trade(ago(3), "stop-loss")], ago(3)],
    ["a liquidation", [trade(ago(3), "liquidation")], ago(3)],
    ["a stop that won", [trade(ago(3), "stop-loss", 5)], ago(3)],
    ["no target", [trade(ago(3), "take-profit", 5)], null],
    ["no exit of the mode, though it lost", [trade(ago(3), "exit-rsi")], null],
    ["none of another pair", [trade(ago(3), "stop-loss", -1, ETH)], null],
    ["the newest, however they are listed", [trade(ago(1), "stop-loss"), trade(ago(3), "stop-loss")], ago(1)],
    ["one of 90 days ago", [trade(SLOT - HISTORY_MS, "stop-loss")], SLOT - HISTORY_MS],
    ["none of longer ago", [trade(SLOT - HISTORY_MS - 1, "stop-loss")], null],
  ])("is %s", (_case, trades, lastStopAt) => {
    expect(view(trades).lastStopAt).toBe(lastStopAt);
  });
});

describe("losses in a row", () => {
  it.each<[string, Closed[], number | null]>([
    ["of every pair pause the bot", [trade(ago(2), "exit-rsi"), trade(ago(1), "stop-loss", -1, ETH)], ago(1 - 24)],
    [
      "count however long they lie apart",
      [trade(SLOT - HISTORY_MS - 1, "exit-x"), trade(ago(1), "exit-x")],
      ago(1 - 24),
    ],
    ["that paused until now do no more", [trade(ago(25), "exit-x"), trade(ago(24), "exit-x")], null],
    [
      "of before a late win do not count",
      [trade(ago(3), "exit-x"), trade(ago(1), "exit-x"), trade(ago(2), "exit-x", 0)],
      null,
    ],
    ["are counted by exit", [trade(ago(1), "exit-x"), trade(ago(3), "exit-x"), trade(ago(2), "exit-x", 1)], null],
    [
      "of one instant are counted by market",
      [trade(ago(2), "exit-x"), trade(ago(1), "exit-x", -1, ETH), trade(ago(1), "exit-x", 1)],
      null,
    ],
  ])("%s", (_case, trades, until) => {
    expect(view(trades).lossPauseUntil).toBe(until);
  });
});

describe("an entry of the day", () => {
  it.each<[string, PastEntry, number]>([
    ["at midnight is one", entry(MIDNIGHT), 1],
    ["before midnight is none", entry(MIDNIGHT - 1), 0],
    ["of another pair is one", entry(ago(1), { marketId: ETH }), 1],
    ["without an order yet is one", entry(ago(1), { statuses: [] }), 1],
    ["that may have been filled is one", entry(ago(1), { statuses: ["unknown"] }), 1],
    ["that was rejected is none", entry(ago(1), { statuses: ["rejected"] }), 0],
    ["that was sent again after it expired is one", entry(ago(1), { statuses: ["expired", "filled"] }), 1],
    ["that expired is none", entry(ago(1), { statuses: ["expired"] }), 0],
  ])("%s", (_case, past, count) => {
    expect(view([], [past]).entriesToday).toBe(count);
  });
});

describe("a decision candle", () => {
  it.each<[string, PastEntry, number | null, boolean]>([
    ["is used up by its entry", entry(ago(1)), ago(2), true],
    ["is used up by a refused one", entry(ago(1), { statuses: ["rejected"] }), ago(2), true],
    ["is not used up by another candle's", entry(ago(1)), ago(3), false],
    ["is not used up by another pair's", entry(ago(1), { marketId: ETH }), ago(2), false],
    ["that is unknown is never used up", entry(ago(1), { decidedCandle: null }), null, false],
  ])("%s", (_case, past, candle, isUsed) => {
    expect(view([], [past], candle).hasEnteredThisCandle).toBe(isUsed);
  });
});

describe("how trades ended", () => {
  it("is remembered by their exits, with net profit and value at entry", () => {
    const trades = [trade(ago(1), "exit-x", 5, ETH), trade(ago(3), "stop-loss"), trade(ago(1), "exit-x", -2)];
    expect(view(trades).results).toEqual([
      { marketId: BTC, exitedAt: ago(3), realizedPnl: "-1", notional: "100" },
      { marketId: BTC, exitedAt: ago(1), realizedPnl: "-2", notional: "100" },
      { marketId: ETH, exitedAt: ago(1), realizedPnl: "5", notional: "100" },
    ]);
  });

  it("is remembered for 90 days, and of those the last 500", () => {
    expect(view([trade(SLOT - HISTORY_MS, "exit-x")]).results).toHaveLength(1);
    expect(view([trade(SLOT - HISTORY_MS - 1, "exit-x")]).results).toHaveLength(0);
    const many = Array.from({ length: RESULTS_MAX + 1 }, (_, index) => trade(ago(0) - index, "exit-x"));
    const { results } = view(many);
    expect(results).toHaveLength(RESULTS_MAX);
    expect([results[0]?.exitedAt, results.at(-1)?.exitedAt]).toEqual([ago(0) - RESULTS_MAX + 1, ago(0)]);
  });
});

/** Hours back, so that many end at one instant. */
const closed = fc.tuple(
  fc.integer({ min: 0, max: 120 * 24 }).map(ago),
  fc.constantFrom<ExitReason>("stop-loss", "liquidation", "take-profit", "exit-x"),
  fc.constantFrom(-1, 0, 1),
  fc.constantFrom(BTC, ETH),
);

it("trades that are remembered in any order tell the same as in the order of their exits", () => {
  fc.assert(
    fc.property(fc.array(closed), (drawn) => {
      const trades = drawn.map((of) => trade(...of));
      const inOrder = trades.toSorted((a, b) => a.exitedAt - b.exitedAt || a.marketId - b.marketId);
      // At one instant and in one market, the order of writing is the only one there is.
      const isClear = new Set(trades.map((each) => `${each.exitedAt} ${each.marketId}`)).size === trades.length;
      fc.pre(isClear);
      expect(remember(trades)).toEqual(remember(inOrder));
    }),
  );
});

it("forgetting what is old changes no answer, then or later, also to what ends afterwards", () => {
  const events = fc.record({
    trades: fc.array(closed),
    entries: fc.array(fc.integer({ min: 0, max: 120 * 24 }).map(ago)),
  });
  fc.assert(
    fc.property(
      events,
      fc.array(closed, { maxLength: 4 }),
      fc.integer({ min: 0, max: 100 * 24 }),
      (planted, next, later) => {
        const all = remember(
          planted.trades.map((of) => trade(...of)),
          planted.entries.map((at) => entry(at)),
        );
        const time = SLOT + later * HOUR;
        const after = next.map(([at, ...of]) => trade(SLOT + (SLOT - at), ...of));
        const [whole, cut] = [all, forgetOld(all, SLOT)].map((past) =>
          viewHistory(after.reduce(rememberTrade, past), { time, limits }),
        );
        for (const market of [BTC, ETH]) expect(cut?.(market, ago(50))).toEqual(whole?.(market, ago(50)));
      },
    ),
  );
});
