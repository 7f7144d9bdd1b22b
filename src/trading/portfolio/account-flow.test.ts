import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal, ZERO, type Decimal } from "../money";
import { afterFlow, type AccountFlow } from "./account-flow";
import { freeToAllot } from "./allotment";

const cents = (most: number) => fc.integer({ min: 1, max: most }).map((count) => decimal(count).div(100));
const flows = fc.array(
  fc.record({ kind: fc.constantFrom("deposit" as const, "withdrawal" as const), amount: cents(500_000) }),
);

const freeOf = (capital: Decimal, bot: { readonly allotted: Decimal; readonly equity: Decimal }): Decimal =>
  freeToAllot({ capital, ...bot, endedAllotted: ZERO, endedEquity: ZERO });

it("moves the free part by exactly as much as the capital, and never below zero", () => {
  const bots = fc.record({ allotted: cents(400_000), equity: cents(800_000) });
  fc.assert(
    fc.property(flows, bots, (asked, bot) => {
      let capital = decimal(5000);
      for (const flow of asked) {
        const free = freeOf(capital, bot);
        const moved = afterFlow({ capital, free }, flow);
        expect(moved.outcome === "refused").toBe(flow.kind === "withdrawal" && flow.amount.gt(free));
        if (moved.outcome === "moved") ({ capital } = moved);
        // A bot that lost more than is free leaves a shortfall, which a deposit makes up for first.
        expect(freeOf(capital, bot).lte(moved.free)).toBe(true);
        expect(moved.free.gte(0)).toBe(true);
      }
    }),
  );
});

it("lets all that is free be taken out, and not a hair more", () => {
  const account = { capital: decimal(1000), free: decimal("400.00000001") };
  const take = (amount: string): AccountFlow => ({ kind: "withdrawal", amount: decimal(amount) });
  expect(afterFlow(account, take("400.00000001"))).toMatchObject({ outcome: "moved", free: ZERO });
  expect(afterFlow(account, take("400.00000002"))).toEqual({ outcome: "refused", free: account.free });
});

it("lets gains that archived bots left be taken out, below what was paid in", () => {
  const moved = afterFlow({ capital: decimal(100), free: decimal(250) }, { kind: "withdrawal", amount: decimal(250) });
  expect(moved).toEqual({ outcome: "moved", capital: decimal(-150), free: ZERO });
});
