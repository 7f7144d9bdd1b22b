import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { RuleCheck } from "~/trading/risk/basis/risk-rule";
import type { Candle } from "~/trading/market/candle";
import { checkBotInvariants } from "../books/check-bot-invariants";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { failCycle } from "./fail-cycle";

/** Hours after the first slot, which is a midnight: the bot runs from 20:00 to 03:00 of the next day. */
const MIDNIGHT = 24;
const FAILED = 25;
const HOURS = [20, 21, 22, 23, MIDNIGHT, FAILED, 26, 27];
const MINUTE_MS = 60_000;
const slotOf = (hour: number): number => FIRST_SLOT + hour * HOUR_MS;
const timeOf = (hour: number, minutes: number): Date => new Date(slotOf(hour) + minutes * MINUTE_MS);

/** A market at 1000 except for three candles. Its volume is unknown, so that impact is 0.05 % of any order. */
const PRICES: ReadonlyMap<number, Partial<Candle>> = new Map([
  [timeOf(20, 15).getTime(), { high: 1030.5 }],
  [timeOf(22, 15).getTime(), { open: 750, low: 750 }],
  [timeOf(MIDNIGHT, 20).getTime(), { low: 974 }],
]);
const standStill = ({ openTime }: Candle): Candle => {
  const flat = { openTime, open: 1000, high: 1000, low: 1000, close: 1000, volume: null };
  return { ...flat, ...PRICES.get(openTime) };
};

/** Each hour's decision, at leverage 5 and 6 % of equity x 1.2 for the score; none at 21:00. */
const LEVELS = new Map([
  [20, { stopLoss: "985", takeProfit: "1030" }],
  [22, { stopLoss: "985", takeProfit: "1030" }],
  ...[23, MIDNIGHT, FAILED, 26, 27].map((hour) => [hour, { stopLoss: "975", takeProfit: "1075" }] as const),
]);
const wishOf =
  (fixture: BooksFixture): NonNullable<Wish> =>
  (slot) => {
    const levels = LEVELS.get((slot - FIRST_SLOT) / HOUR_MS);
    return levels ? wishToEnter(fixture)(slot).map((wish) => ({ ...wish, ...levels, leverage: 5 })) : [];
  };

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  const risk = { drawdownMax: 0.08, tradesPerDayMax: 2, dailyLossMax: 0.05, dailyLossOfCapitalMax: 0.05 };
  fixture = await createBooksFixture(runtime, { settings: { risk } });
  for (const [pair, candles] of fixture.market.candles) fixture.market.candles.set(pair, candles.map(standStill));
  for (const hour of HOURS) await live(hour);
});

/** A whole cycle with every invariant after every stage. At the failed hour it gives up before marking equity. */
const live = async (hour: number): Promise<void> => {
  const { ports, botId } = fixture;
  const slot = slotOf(hour);
  const cycle = await claimSlot(fixture, slot, { holder: `run-${hour}` });
  const stages = stagesOf(fixture, wishOf(fixture));
  for (const stage of hour === FAILED ? stages.slice(0, 4) : stages) {
    await stage.run(cycle);
    const broken = await checkBotInvariants(ports, { botId, settingsVersion: 1, at: slot });
    expect(broken, `${stage.name} of hour ${hour}`).toEqual([]);
  }
  if (hour === FAILED) await failCycle(ports, { cycleId: cycle.cycleId, message: "the venue never answered" });
};

describe("one bot through a target, a liquidation, midnight, a failed slot and its drawdown limit", () => {
  it("has the trades that are worked out by hand, to the last digit", async () => {
    const trades = await runtime.db.trade.findMany({
      where: { botId: fixture.botId },
      orderBy: { enteredAt: "asc" },
    });
    const told = trades.map((trade) => ({
      reason: trade.exitReason,
      from: trade.enteredAt,
      to: trade.exitedAt,
      prices: `${trade.entryPrice.toFixed()} ${trade.exitPrice.toFixed()}`,
      money: [trade.quantity, trade.slippage, trade.fees, trade.realizedPnl]
        .map((amount) => amount.toFixed())
        .join(" "),
    }));
    // Bought at 1000 + half a spread of 0.1 + an impact of 0.5 = 1000.6. Quantity: equity x 0.06 x 1.2 x 5 / 1000.6.
    expect(told).toEqual([
      // Sold at 1030 - 0.103 - 0.515, down to 1029.38: 28.78 x 3.597 = 103.52166, less 0.05 % of both values.
      // Slippage (0.6 + 0.62) x 3.597; fees 1.7995791 + 1.85133993.
      {
        reason: "take-profit",
        from: timeOf(20, 0),
        to: timeOf(20, 15),
        prices: "1000.6 1029.38",
        money: "3.597 4.38834 3.65091903 99.87074097",
      },
      // Opens at 750, beyond the liquidation at 1000.6 x 0.804: the exit is bounded by 1000.6 x 0.8, so that the margin
      // of 1000.6 x 3.633 / 5 = 727.03596 is lost, no more; the exit slips no further. Fees 1.8175899 + 1.45407192.
      {
        reason: "liquidation",
        from: timeOf(22, 0),
        to: timeOf(22, 15),
        prices: "1000.6 800.48",
        money: "3.633 2.1798 3.27166182 -730.30762182",
      },
      // Stopped at 975 - 0.0975 - 0.4875, down to 974.41: -26.19 x 3.371 = -88.28649, fees 1.6865113 + 1.64236806.
      {
        reason: "stop-loss",
        from: timeOf(MIDNIGHT, 0),
        to: timeOf(MIDNIGHT, 20),
        prices: "1000.6 974.41",
        money: "3.371 4.01149 3.32887936 -91.61536936",
      },
    ]);
  });

  it("marks its equity at every slot but the failed one, below the peak that it once reached", async () => {
    const points = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId }, orderBy: { at: "asc" } });
    expect(points.map(({ at, equity, peak }) => [at, equity.toFixed(), peak.toFixed()])).toEqual([
      // 10,000 less the fee of 1.7995791 and 0.6 x 3.597, because the mark of 1000 is 0.6 below the price paid.
      [timeOf(20, 0), "9996.0422209", "10000"],
      [timeOf(21, 0), "10099.87074097", "10099.87074097"],
      [timeOf(22, 0), "10095.87335107", "10099.87074097"],
      [timeOf(23, 0), "9369.56311915", "10099.87074097"],
      [timeOf(MIDNIGHT, 0), "9365.85400785", "10099.87074097"],
      [timeOf(26, 0), "9277.94774979", "10099.87074097"],
      [timeOf(27, 0), "9277.94774979", "10099.87074097"],
    ]);
  });

  it("is told by which rules it may not enter, hour after hour, and what they measured", async () => {
    const verdicts = await runtime.db.verdict.findMany({
      where: { botId: fixture.botId },
      orderBy: { slot: "asc" },
    });
    const told = verdicts.map(({ slot, outcome, checks }) => {
      const failed = (checks as unknown as RuleCheck[]).filter((check) => check.outcome === "fail");
      return [slot, outcome, failed.map(({ rule, measured }) => `${rule} ${measured}`).join(", ")];
    });
    expect(told).toEqual([
      [timeOf(20, 0), "approved", ""],
      [timeOf(22, 0), "approved", ""],
      // A liquidation is a stop, 45 minutes ago. The day lost 10,000 - 9369.56311915 and saw two entries.
      [timeOf(23, 0), "rejected", "cooldown 45, daily-loss 630.43688085, trades-per-day 3"],
      // A new day: nothing lost and nothing entered yet.
      [timeOf(MIDNIGHT, 0), "approved", ""],
      // (10,099.87074097 - 9277.94774979) / 10,099.87074097, though no equity was marked at the failed slot.
      [timeOf(FAILED, 0), "rejected", "cooldown 40, drawdown 0.081380"],
      [timeOf(26, 0), "rejected", "drawdown 0.081380"],
      [timeOf(27, 0), "rejected", "trading-state reducing, drawdown 0.081380"],
    ]);
  });

  it("counts the entry at midnight to the new day", async () => {
    const last = await runtime.db.verdict.findFirstOrThrow({
      where: { botId: fixture.botId },
      orderBy: { slot: "desc" },
    });
    const counted = (last.checks as unknown as RuleCheck[]).find(({ rule }) => rule === "trades-per-day");
    expect(counted).toMatchObject({ outcome: "pass", measured: "2", limit: "2" });
  });

  it("only reduces from its drawdown limit on, and its user is told once near it, once at it, and of the failure", async () => {
    const bot = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
    expect(bot.tradingState).toBe("reducing");
    const alerts = await runtime.db.alert.findMany({ where: { botId: fixture.botId } });
    const told = alerts.map(({ key, severity }) => [key.split(":")[0], key.split(":").at(-1), severity].join(" "));
    const failed = await runtime.db.cycle.findFirstOrThrow({ where: { botId: fixture.botId, status: "failed" } });
    // The drawdown is above four fifths of the limit of 8 % at 23:00 and at midnight, below the same peak.
    expect(told.toSorted()).toEqual([
      `cycle-failed ${failed.id} critical`,
      "drawdown-near 10099.87074097 warning",
      "drawdown-reached 10099.87074097 critical",
    ]);
  });

  it("runs each slot once: all are done but the failed one", async () => {
    const cycles = await runtime.db.cycle.findMany({
      where: { botId: fixture.botId, slot: { gte: new Date(slotOf(20)), lte: new Date(slotOf(27)) } },
      orderBy: { slot: "asc" },
    });
    expect(cycles.map(({ slot, status }) => [slot.getTime(), status])).toEqual(
      HOURS.map((hour) => [slotOf(hour), hour === FAILED ? "failed" : "done"]),
    );
  });
});
