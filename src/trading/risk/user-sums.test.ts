import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import type { UserExposure } from "./basis/user-view";
import { riskLimitsSchema } from "./risk-limits";
import { sumUser } from "./sum-user";
import { buildEntry, buildMarket, buildPortfolio, buildUser, marketIdOf, sizeBy } from "./testing/risk-context-builder";

const held = (pair: string, side: "long" | "short", notional: number): UserExposure => ({
  marketId: marketIdOf(pair),
  pair,
  side,
  notional: decimal(notional),
});

describe("what a user's bots hold together", () => {
  const CORRELATIONS: Readonly<Record<string, number | null>> = {
    "A/USDT": 0.8,
    "B/USDT": 0.79,
    "C/USDT": null,
    "BTC/USDT": 0.1,
  };
  const sum = (exposures: readonly UserExposure[]) =>
    sumUser(
      { limits: buildUser({ limits: { sameSideCorrelation: 0.8 } }).limits, exposures, loss: decimal(7) },
      {
        entry: buildEntry(),
        market: buildMarket(),
        portfolio: buildPortfolio({
          grossNotional: decimal(100),
          positions: [buildPosition({ pair: "A/USDT" })],
          equity: decimal(9990),
        }),
        correlationsOf: (_marketId, others) =>
          others.map(({ pair, marketId }) => ({ pair, marketId, value: CORRELATIONS[pair] ?? null })),
      },
    );

  it("counts the entry's side in its own pair, and in pairs that move with it or are not known to differ", () => {
    const exposures = [
      held("BTC/USDT", "long", 1), // its own pair, whatever is measured of it
      held("A/USDT", "long", 10), // exactly at the limit
      held("B/USDT", "long", 1000), // below it
      held("C/USDT", "long", 10_000), // not known
      held("A/USDT", "short", 100_000), // the other side
    ];
    const { others, gross, sameSide } = sum(exposures);
    expect(others.sameSide.toFixed()).toBe("10011");
    expect(others.gross.toFixed()).toBe("111011");
    // And the bot's own long of 100 in A.
    expect([gross.toFixed(), sameSide.toFixed()]).toEqual(["111111", "10111"]);
  });

  it("adds what the bot itself lost today to what the others lost", () => {
    const { loss, others } = sum([]);
    expect([others.loss.toFixed(), loss.toFixed()]).toEqual(["7", "17"]);
  });
});

describe("what a user still allows all bots", () => {
  const size = (user: Parameters<typeof buildUser>[0]) =>
    sizeBy({
      entry: buildEntry({ sizeFraction: 0.2 }),
      market: buildMarket(),
      portfolio: buildPortfolio(),
      limits: riskLimitsSchema.parse({}),
      user: buildUser(user),
    });

  it.each([
    ["user-gross", { gross: decimal(49_500) }, "0.499"],
    ["user-same-side", { sameSide: decimal(19_700) }, "0.299"],
  ] as const)("cuts an entry to what %s leaves, and says so", (limit, user, quantity) => {
    const order = size(user);
    expect(order.resizedBy).toBe(limit);
    expect(order.quantity.toFixed()).toBe(quantity);
  });

  it("cuts nothing where the user set no such limit", () => {
    const limits = { grossNotionalMax: null, sameSideNotionalMax: null };
    expect(size({ limits, gross: decimal(1e9), sameSide: decimal(1e9) }).resizedBy).toBeNull();
  });
});
