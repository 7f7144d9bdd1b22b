import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { VenueError } from "~/trading/venue-error";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { closeDelisted } from "./close-delisted";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { memoryRules } from "../testing/memory-market";
import { guardOnly } from "../testing/guard-only";
import { listPositions } from "../views/bots/list-positions";
import { getPosition } from "../views/cycles/get-position";
import { watchVenues } from "../venues/watch-venues";

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
        "was delisted. The position keeps that price, and its stop and target cannot be checked. A paper position is " +
        "closed at that price after a day, if the market is not listed then.",
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

describe("a day without a price", () => {
  const afterADay = async (prepare: (fixture: BooksFixture) => void) => {
    const fixture = await enterBoth();
    await passHours(fixture, 0.5);
    fixture.market.delisted.add(BTC);
    prepare(fixture);
    // The bot is stopped: its cycles do not matter here, and its positions are looked after all the same.
    await runtime.db.bot.update({
      where: { id: fixture.botId },
      data: { status: "stopped", stoppedReason: "user", nextDue: null },
    });
    for (const hours of [1.5, 24.4]) await passHours(fixture, hours);
    expect(await closeDelisted(fixture.ports)).toEqual({ closed: 0 });
    await passHours(fixture, 24.5);
    return fixture;
  };

  it("ends a paper position whose market the venue does not list: at its last price, with its books in order", async () => {
    const fixture = await afterADay(() => undefined);
    const { botId } = fixture;
    const open = await runtime.db.position.findFirstOrThrow({ where: { botId, market: { pair: BTC } } });
    expect(await closeDelisted(fixture.ports)).toEqual({ closed: 1 });
    const trade = await runtime.db.trade.findUniqueOrThrow({ where: { positionId: open.id } });
    const at = FIRST_SLOT + 24.5 * HOUR_MS;
    expect(trade).toMatchObject({ exitReason: "delisting", exitedAt: new Date(at) });
    expect(trade.exitPrice.div(open.mark).minus(1).abs().toNumber()).toBeLessThan(0.001);
    const { settingsVersion } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    const broken = await checkBotInvariants(fixture.ports, { botId, settingsVersion, at });
    // I7 counts slots, which were not run here.
    expect(broken.filter(({ invariant }) => invariant !== "I7")).toEqual([]);
    expect(await closeDelisted(fixture.ports)).toEqual({ closed: 0 });
    await watchVenues(fixture.ports);
    expect(await alertsOf(fixture)).toMatchObject([{ endedAt: expect.any(Date) }]);
  });

  it.each<[string, (fixture: BooksFixture) => void]>([
    [
      "is listed, and may only be suspended",
      ({ market }) => {
        market.listMarkets = () => Promise.resolve([BTC, ETH].map(memoryRules));
      },
    ],
    [
      "may be listed: the venue does not say",
      ({ market }) => {
        market.listMarkets = () => Promise.reject(new VenueError("unreachable", "no answer"));
      },
    ],
  ])("ends none whose market %s", async (_, prepare) => {
    const fixture = await afterADay(prepare);
    expect(await closeDelisted(fixture.ports)).toEqual({ closed: 0 });
    expect(await alertsOf(fixture)).toMatchObject([{ endedAt: null }]);
  });
});

it("positions that nobody settled for long have a price, as long as the venue has one", async () => {
  const fixture = await enterBoth();
  fixture.setTime(FIRST_SLOT + 24 * HOUR_MS);
  await watchVenues(fixture.ports);
  expect(await alertsOf(fixture)).toEqual([]);
});
