import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Decision } from "~/trading/decision/basis/decision";
import { exitTermsSchema } from "~/trading/portfolio/exit-terms";
import type { Runtime } from "../runtime";
import { accept, createAskingBot, runStarted } from "../testing/approval-fixture";
import { FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { wishToEnter, type Wish } from "../testing/cycle-fixture";
import { createQuietBot, positionOf, runSlot, TOLD_AT } from "../testing/told-fixture";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

const exits = exitTermsSchema.parse({
  breakEven: { fromFraction: 0.01, lockFraction: 0.002 },
  trailing: { by: "atr", multiple: 2, fromFraction: 0.012 },
  timeExitMinutes: 600,
  targets: [{ atFraction: 0.01, share: 0.4 }],
  invalidation: [{ on: "close", operator: "<", price: "1", candles: 2 }],
});
const evidence: Decision["evidence"] = [
  {
    side: "long",
    category: "trend",
    condition: "close above EMA20",
    value: 2,
    operator: ">",
    threshold: 1,
    met: true,
    weight: 1,
    contribution: 1,
  },
];

const wishFor =
  (fixture: BooksFixture): NonNullable<Wish> =>
  (slot) =>
    wishToEnter(fixture)(slot).map((decision) => ({ ...decision, exits, evidence }));

/** How it is closed, by prices as shares of the one it was entered at. */
const planOf = async (fixture: BooksFixture) => {
  const { exitPlan, entryPrice, openedAt } = await positionOf(fixture);
  const share = (price: string | null | undefined) => price && (Number(price) / entryPrice.toNumber()).toFixed(4);
  const { breakEven, trail, timeExitAt, conditions, remainingLegs, stopLoss, takeProfit } = exitPlan;
  return {
    levels: [stopLoss, takeProfit, breakEven?.at, breakEven?.level].map(share),
    trail: trail && { ...trail, from: share(trail.from) },
    minutes: ((timeExitAt ?? 0) - openedAt) / 60_000,
    conditions,
    parts: remainingLegs.map((part) => [share(part.target), part.share]),
  };
};

/** What is read about the decision of its entry. */
const saidOf = ({ botId }: BooksFixture) =>
  runtime.db.decision.findFirstOrThrow({
    where: { intents: { some: { botId, purpose: "entry" } } },
    select: { evidence: true, invalidation: true, exits: true, score: true, leverage: true, sizeFraction: true },
  });

it("an entry that was accepted is closed, and explained, as one of the same decision that nobody had to accept", async () => {
  const [asking, other] = [await createAskingBot(runtime), await createQuietBot(runtime)];
  for (const fixture of [asking, other]) await runSlot(fixture, FIRST_SLOT, wishFor(fixture));
  asking.setTime(TOLD_AT);
  await runStarted(asking, (await accept(asking)).id);
  const accepted = await planOf(asking);
  expect(accepted).toEqual(await planOf(other));
  expect(accepted).toMatchObject({ minutes: 600, parts: [["1.0100", 0.4]], trail: { by: "atr" } });
  expect(await saidOf(asking)).toEqual(await saidOf(other));
  expect((await saidOf(asking)).invalidation).toHaveLength(1);
});
