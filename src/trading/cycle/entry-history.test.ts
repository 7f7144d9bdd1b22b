import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import type { ExitReason } from "../portfolio/exit-reason";
import { HISTORY_MS, recentEvents, viewHistory, type PastEntry, type PastTrade } from "./entry-history";

const HOUR = 3_600_000;
const MIDNIGHT = 1_704_067_200_000;
const SLOT = MIDNIGHT + 12 * HOUR;
const [BTC, ETH] = [1, 2];
const limits = { consecutiveLossesMax: 2, lossPauseHours: 24 };
const ago = (hours: number): number => SLOT - hours * HOUR;

const trade = (exitedAt: number, exitReason: ExitReason, net = -1, marketId = BTC): PastTrade => ({
  marketId,
  exitedAt,
  exitReason,
  realizedPnl: decimal(net),
});
const entry = (at: number, overrides: Partial<PastEntry> = {}): PastEntry => ({
  marketId: BTC,
  at,
  decidedCandle: at - HOUR,
  statuses: ["filled"],
  ...overrides,
});
const view = (trades: PastTrade[], entries: PastEntry[] = [], candle: number | null = null) =>
  viewHistory({ trades, entries }, { time: SLOT, limits })(BTC, candle);

describe("the last stop of a pair", () => {
  it.each<[string, PastTrade[], number | null]>([
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
  it.each<[string, PastTrade[], number | null]>([
    ["of every pair pause the bot", [trade(ago(2), "exit-rsi"), trade(ago(1), "stop-loss", -1, ETH)], ago(1 - 24)],
    ["older than 90 days do not count", [trade(SLOT - HISTORY_MS - 1, "exit-x"), trade(ago(1), "exit-x")], null],
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

it("forgetting what is old changes no answer, then or later", () => {
  const days = fc.integer({ min: 0, max: 120 * 24 }).map(ago);
  const events = fc.record({
    trades: fc.array(
      fc.tuple(days, fc.constantFrom("stop-loss", "take-profit"), fc.constantFrom(-1, 1), fc.constantFrom(BTC, ETH)),
    ),
    entries: fc.array(days),
  });
  fc.assert(
    fc.property(events, fc.integer({ min: 0, max: 100 * 24 }), (planted, later) => {
      const all = { trades: planted.trades.map((of) => trade(...of)), entries: planted.entries.map((at) => entry(at)) };
      const reading = { time: SLOT + later * HOUR, limits };
      const [whole, cut] = [viewHistory(all, reading), viewHistory(recentEvents(all, SLOT), reading)];
      for (const market of [BTC, ETH]) expect(cut(market, ago(50))).toEqual(whole(market, ago(50)));
    }),
  );
});
