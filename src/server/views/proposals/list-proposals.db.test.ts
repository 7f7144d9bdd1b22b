import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { watchProposals } from "../../steering/watch-proposals";
import { accept, proposeAtFirst, runStarted } from "../../testing/approval-fixture";
import { holdBot } from "../../testing/bot-in-hand";
import { FIRST_SLOT, type BooksFixture } from "../../testing/books-fixture";
import { shiftMarket } from "../../testing/shift-market";
import { readCommand } from "../../testing/tell-bot";
import { LENGTH_MS, positionOf, TOLD_AT } from "../../testing/told-fixture";
import { listProposals } from "./list-proposals";

let runtime: Runtime;
let fixture: BooksFixture;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);
beforeEach(async () => {
  fixture = await proposeAtFirst(runtime);
});

const list = () => listProposals(fixture.ports, { userId: fixture.userId });
const openOne = async () => (await list()).open[0];
const endedOne = async () => (await list()).ended[0];

describe("the price of a proposal", () => {
  it("is that of the last candle that closed, as of its close, and within the band", async () => {
    await watchProposals(fixture.ports, fixture.botId);
    const { close } = fixture.market.candles.get("BTC/USDT")?.find(({ openTime }) => openTime === FIRST_SLOT) ?? {};
    expect(await openOne()).toMatchObject({
      price: String(close),
      priceAt: new Date(FIRST_SLOT + LENGTH_MS),
      isWithinBand: true,
      acceptedAt: null,
    });
  });

  it("is said to be outside the band before the watch has ended it for that", async () => {
    await watchProposals(fixture.ports, fixture.botId);
    const next = new Date(FIRST_SLOT + LENGTH_MS);
    await runtime.db.$executeRaw`
      INSERT INTO candles (market_id, timeframe, open_time, open, high, low, close, volume)
      SELECT market_id, timeframe, ${next}, open, high, low * 0.98, close * 0.98, volume FROM candles JOIN markets m ON m.id = market_id
      WHERE m.venue_id = ${fixture.venueId}::uuid AND timeframe = '5m' AND open_time = ${new Date(FIRST_SLOT)}`;
    const priceAt = new Date(FIRST_SLOT + 2 * LENGTH_MS);
    expect(await openOne()).toMatchObject({ state: "proposed", priceAt, isWithinBand: false });
  });

  it("is unknown where no candle is, and so is whether it is within the band", async () => {
    await runtime.db.$executeRaw`
      DELETE FROM candles USING markets m WHERE m.id = market_id AND m.venue_id = ${fixture.venueId}::uuid`;
    expect(await openOne()).toMatchObject({ price: null, priceAt: null, isWithinBand: null });
  });
});

it("a proposal says since when its acceptance waits for the cycle that has the bot", async () => {
  await holdBot(fixture);
  const { id } = await accept(fixture);
  const { askedAt } = await readCommand(fixture, id);
  expect(await openOne()).toMatchObject({ state: "proposed", acceptedAt: askedAt });
  expect(askedAt).toEqual(new Date(TOLD_AT));
});

describe("a proposal that was placed", () => {
  /** The run that was to place it ended before its order's outcome was known. */
  const placeUnknown = async (): Promise<void> => {
    const { id } = await accept(fixture);
    await runStarted(fixture, id, 4);
    await runtime.db.cycle.updateMany({ where: { commandId: id }, data: { status: "done", endedAt: new Date() } });
  };

  it("leads to its position and needs no more words", async () => {
    const { id } = await accept(fixture);
    await runStarted(fixture, id);
    const { id: positionId } = await positionOf(fixture);
    expect(await endedOne()).toMatchObject({ state: "placed", reason: null, placed: { positionId } });
  });

  it("says that nobody knows whether its order was filled, until it is known", async () => {
    await placeUnknown();
    const before = await endedOne();
    expect(before).toMatchObject({ state: "placed", placed: { positionId: null } });
    expect(before?.reason).toContain("is not known yet");
    await runtime.db.order.updateMany({
      where: { intent: { botId: fixture.botId } },
      data: { status: "rejected", statusReason: "no such market" },
    });
    expect(await endedOne()).toMatchObject({ reason: "its order was not filled after all: no such market" });
  });
});

it("a price that left the band ends the proposal, and what has ended shows no price", async () => {
  shiftMarket(fixture, FIRST_SLOT, 1.02);
  await watchProposals(fixture.ports, fixture.botId);
  expect(await list()).toMatchObject({ open: [], ended: [{ state: "expired", price: null, isWithinBand: null }] });
});
