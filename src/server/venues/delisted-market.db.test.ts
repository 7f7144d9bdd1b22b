import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { listPositions } from "../views/bots/list-positions";
import { getPosition } from "../views/cycles/get-position";
import { watchVenues } from "./watch-venues";

let runtime: Runtime;
openBed((bed) => {
  runtime = bed.runtime;
});

const [BTC, ETH] = ["BTC/USDT", "ETH/USDT"];

/** A bot that entered both pairs at the first slot. */
const enterBoth = async (): Promise<BooksFixture> => {
  const fixture = await createBooksFixture(runtime, { pairs: [BTC, ETH], volatility: 0.0005 });
  const wish = (slot: number) => [...wishToEnter(fixture, BTC)(slot), ...wishToEnter(fixture, ETH)(slot)];
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  return fixture;
};

const alertsOf = ({ userId }: BooksFixture) => runtime.db.alert.findMany({ where: { userId } });
const pricesOf = async (fixture: BooksFixture) => {
  const { positions } = await listPositions(fixture.ports, fixture);
  return Object.fromEntries(
    positions.map(({ pair, isWithoutPrice, markedAt }) => [pair, { isWithoutPrice, markedAt }]),
  );
};

const passHours = async (fixture: BooksFixture, hours: number): Promise<void> => {
  fixture.setTime(FIRST_SLOT + hours * HOUR_MS);
  await guardOnly(fixture.ports, fixture.botId);
  await watchVenues(fixture.ports);
};

it("a delisted market does not keep its bot from trading and settling the others, and its position keeps its last price", async () => {
  const fixture = await enterBoth();
  await passHours(fixture, 0.5);
  fixture.market.delisted.add(BTC);
  const cycle = await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
  for (const stage of stagesOf(fixture, null)) await stage.run(cycle);
  expect(await runtime.db.cycle.findUnique({ where: { id: cycle.cycleId } })).toMatchObject({ status: "done" });
  expect(await pricesOf(fixture)).toEqual({
    [BTC]: { isWithoutPrice: false, markedAt: new Date(FIRST_SLOT + HOUR_MS / 2) },
    [ETH]: { isWithoutPrice: false, markedAt: new Date(FIRST_SLOT + HOUR_MS) },
  });
});

it("a position that has had no price for half an hour is told of once and shown so, until there is one again", async () => {
  const fixture = await enterBoth();
  await passHours(fixture, 0.5);
  fixture.market.delisted.add(BTC);
  await passHours(fixture, 1);
  expect(await alertsOf(fixture)).toEqual([]);
  for (const hours of [1.5, 2, 3]) await passHours(fixture, hours);
  expect(await alertsOf(fixture)).toMatchObject([
    {
      severity: "critical",
      botId: fixture.botId,
      endedAt: null,
      message:
        "first: there is no price of BTC/USDT on the demo market since 2024-01-22 00:30 UTC, perhaps because the market " +
        "was delisted. The position keeps that price, and its stop and target cannot be checked.",
    },
  ]);
  expect(await pricesOf(fixture)).toMatchObject({ [BTC]: { isWithoutPrice: true }, [ETH]: { isWithoutPrice: false } });
  const { userId } = fixture;
  const [position] = (await listPositions(fixture.ports, fixture)).positions.filter(({ pair }) => pair === BTC);
  const shown = () => getPosition(fixture.ports, { userId, positionId: position?.id ?? "" });
  expect(await shown()).toMatchObject({ isWithoutPrice: true });

  fixture.market.delisted.delete(BTC);
  await passHours(fixture, 4);
  expect(await alertsOf(fixture)).toMatchObject([{ endedAt: expect.any(Date) }]);
  expect(await shown()).toMatchObject({ isWithoutPrice: false });
});

it("positions that nobody settled for long have a price, as long as the venue has one", async () => {
  const fixture = await enterBoth();
  fixture.setTime(FIRST_SLOT + 24 * HOUR_MS);
  await watchVenues(fixture.ports);
  expect(await alertsOf(fixture)).toEqual([]);
});
