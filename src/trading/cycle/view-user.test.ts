import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../market/duration";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { describeOthers } from "../risk/describe-others";
import { sumUser } from "../risk/sum-user";
import { buildDecision, buildPortfolio, buildUser, SLOT } from "../risk/testing/risk-context-builder";
import { viewUser, type UserBot } from "./view-user";

const { limits } = buildUser();

/** Holds one BTC bought at 1000, now at 990, beside 8,990 of cash. */
const bot = (changes: Partial<UserBot> = {}): UserBot => ({
  initialCapital: decimal(10_000),
  balances: { cash: decimal(8990), margin: decimal(1000) },
  memory: null,
  positions: [
    {
      marketId: 1,
      pair: "BTC/USDT",
      side: "long",
      quantity: decimal(1),
      entryPrice: decimal(1000),
      leverage: decimal(1),
      mark: decimal(990),
    },
  ],
  ...changes,
});
const remembered = (at: number, equity: number, dayStart: number | null) => ({
  last: { at, equity: decimal(equity), peak: decimal(20_000) },
  dayStart: dayStart === null ? null : decimal(dayStart),
  dayLow: decimal(1),
});

describe("the loss of a bot's day", () => {
  it.each([
    ["from its capital where it began today", null, 20],
    ["from the day's start that is kept", remembered(SLOT - HOUR_MS, 9000, 10_100), 120],
    ["from its last equity where that is of an earlier day", remembered(SLOT - DAY_MS, 9950, 10_100), -30],
    ["from its capital where its first point is of today", remembered(SLOT - HOUR_MS, 9000, null), 20],
  ])("counts %s", (_what, memory, loss) => {
    const view = viewUser({ limits, others: [bot({ memory })], unfilled: [] }, SLOT);
    expect(view.loss.toNumber()).toBe(loss);
  });

  it("of several bots is one sum, gains against losses", () => {
    const others = [bot(), bot({ memory: remembered(SLOT - HOUR_MS, 9000, 9900) })];
    expect(viewUser({ limits, others, unfilled: [] }, SLOT).loss.toNumber()).toBe(20 - 80);
  });
});

it("positions at their marks and entries that are not filled yet are joined by market and side", () => {
  const [eth, btc] = [
    { marketId: 2, pair: "ETH/USDT", side: "short" as const, notional: decimal(300) },
    { marketId: 1, pair: "BTC/USDT", side: "long" as const, notional: decimal(10) },
  ];
  const { exposures } = viewUser({ limits, others: [bot(), bot()], unfilled: [btc, eth, eth] }, SLOT);
  expect(exposures.map(({ pair, side, notional }) => [pair, side, notional.toNumber()])).toEqual([
    ["BTC/USDT", "long", 1990],
    ["ETH/USDT", "short", 600],
  ]);
});

it.each([
  ["of the entry's pair, whatever is measured", "BTC/USDT", "long", -1, 500],
  ["that move as much as is allowed", "ETH/USDT", "long", 0.8, 500],
  ["that move less", "ETH/USDT", "long", 0.79, 0],
  ["of which it is not known", "ETH/USDT", "long", null, 500],
  ["of the other side", "BTC/USDT", "short", 1, 0],
] as const)(
  "of what the others hold, exposures %s count with an entry: %s %s at %s",
  (_what, pair, side, value, sum) => {
    const exposures = [{ marketId: 2, pair, side, notional: decimal(500) }];
    const own = buildPosition({
      marketId: 1,
      pair: "BTC/USDT",
      side: "long",
      quantity: decimal(1),
      mark: decimal(100),
    });
    const sums = sumUser(
      { limits, exposures, loss: decimal(70) },
      {
        entry: { side: "long", decision: buildDecision() },
        market: { marketId: 1 },
        portfolio: buildPortfolio({ positions: [own], grossNotional: decimal(100), dayStartEquity: decimal(10_030) }),
        correlationsOf: (_marketId, open) => open.map((each) => ({ pair: each.pair, value })),
      },
    );
    const numbers = [sums.gross, sums.sameSide, sums.loss, sums.others.gross, sums.others.sameSide, sums.others.loss];
    expect(numbers.map((number) => number.toNumber())).toEqual([600, sum + 100, 100, 500, sum, 70]);
  },
);

it("says what the other bots held and lost", () => {
  const sums = { gross: "1200", sameSide: "300", loss: "12.5" };
  expect(describeOthers(sums)).toBe(
    "held or had ordered 1,200.00 USDT, of which 300.00 USDT on this side of pairs that move together, and lost 12.50 USDT that day",
  );
  expect(describeOthers({ ...sums, loss: "-3" })).toMatch(/gained 3.00 USDT that day$/);
});

it("legs of a position that are still to come count with it, at their own prices", () => {
  const exitPlan = { entryLegs: [{ price: "900", quantity: "2", fee: "1" }] };
  const positions = bot().positions.map((position) => ({ ...position, exitPlan }));
  const { exposures } = viewUser({ limits, others: [bot({ positions })], unfilled: [] }, SLOT);
  expect(exposures.map(({ notional }) => notional.toNumber())).toEqual([990 + 1800]);
});
