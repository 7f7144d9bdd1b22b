import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal, ZERO, type Decimal } from "../money";
import { afterFlow, type AccountFlow } from "./account-flow";
import { freeToAllot, shortfallOf } from "./allotment";

const cents = (most: number) => fc.integer({ min: 1, max: most }).map((count) => decimal(count).div(100));
const flows = fc.array(
  fc.record({ kind: fc.constantFrom("deposit" as const, "withdrawal" as const), amount: cents(500_000) }),
);

const leftOf = (capital: Decimal, bot: { readonly allotted: Decimal; readonly equity: Decimal }) => {
  const money = { capital, ...bot, endedAllotted: ZERO, endedEquity: ZERO };
  return { free: freeToAllot(money), shortfall: shortfallOf(money) };
};

it("tells what is free after each flow exactly, also of an account whose bots lost more than that", () => {
  const bots = fc.record({ allotted: cents(400_000), equity: cents(800_000) });
  fc.assert(
    fc.property(flows, bots, (asked, bot) => {
      let capital = decimal(5000);
      for (const flow of asked) {
        const { free, ...left } = leftOf(capital, bot);
        const moved = afterFlow({ capital, free, ...left }, flow);
        expect(moved.outcome === "refused").toBe(flow.kind === "withdrawal" && flow.amount.gt(free));
        if (moved.outcome === "moved") ({ capital } = moved);
        // A bot that lost more than is free leaves a shortfall, which a deposit makes up for first.
        expect(moved.free.toFixed()).toBe(leftOf(capital, bot).free.toFixed());
      }
    }),
  );
});

it("lets all that is free be taken out, and not a hair more", () => {
  const account = { capital: decimal(1000), free: decimal("400.00000001"), shortfall: ZERO };
  const take = (amount: string): AccountFlow => ({ kind: "withdrawal", amount: decimal(amount) });
  expect(afterFlow(account, take("400.00000001"))).toMatchObject({ outcome: "moved", free: ZERO });
  expect(afterFlow(account, take("400.00000002"))).toEqual({ outcome: "refused", free: account.free });
});

it("lets gains that archived bots left be taken out, below what was paid in", () => {
  const moved = afterFlow(
    { capital: decimal(100), free: decimal(250), shortfall: ZERO },
    { kind: "withdrawal", amount: decimal(250) },
  );
  expect(moved).toEqual({ outcome: "moved", capital: decimal(-150), free: ZERO });
});
