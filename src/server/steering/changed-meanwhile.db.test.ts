import { beforeEach, describe, expect, it } from "vitest";
import { VenueError } from "~/trading/venue-error";
import { openBed } from "../../../scripts/testing/open-bed";
import { switchDemoVenue } from "../demo/switch-demo-venue";
import type { Runtime } from "../runtime";
import { accept, entriesOf, MINUTE_MS, proposalOf, proposeAtFirst, runStarted } from "../testing/approval-fixture";
import { FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { freeBot, holdBot } from "../testing/bot-in-hand";
import { editSettings } from "../testing/edit-fixture";
import { memoryRules } from "../testing/memory-market";
import { readCommand, tellBot } from "../testing/tell-bot";
import { createQuietBot, enterAtFirst, positionOf, statusOf, TOLD_AT } from "../testing/told-fixture";
import { recordMarkets } from "../venues/record-markets";
import { watchProposals } from "./watch-proposals";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

describe("an accepted proposal", () => {
  let fixture: BooksFixture;
  beforeEach(async () => {
    fixture = await proposeAtFirst(runtime);
  });

  it.each([
    ["other limits", { risk: { positionMarginMax: 0.2 } }],
    ["no more approval", { approval: undefined }],
    ["another pair in place of its own", { pairs: ["ETH/USDT"] }],
  ])("is not placed by settings that were changed since, and says so: %s", async (_, changes) => {
    const { id } = await accept(fixture);
    await recordMarkets(fixture.ports, fixture.venueId, ["BTC/USDT", "ETH/USDT"].map(memoryRules));
    await editSettings(fixture, changes);
    await runStarted(fixture, id);
    const reason = "the bot's settings were changed";
    expect(await proposalOf(fixture)).toMatchObject({ state: "expired", reason });
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused", reason });
    expect(await entriesOf(fixture)).toBe(0);
  });

  it("is not shown as being placed any more once its bot is stopped, also where the clock of its market stands", async () => {
    const { id } = await accept(fixture);
    await tellBot(fixture, { kind: "stop" });
    const reason = "the bot did not run any more";
    expect(await proposalOf(fixture)).toMatchObject({ state: "expired", reason });
    expect(await readCommand(fixture, id)).toMatchObject({ state: "refused", reason });
    expect(await runtime.db.cycle.findFirst({ where: { commandId: id } })).toMatchObject({
      status: "skipped",
      skipReason: "paused",
    });
  });
});

it("what commands started ends with the market that is shown no more, and is not left standing there", async () => {
  const fixture = await proposeAtFirst(runtime);
  const { id } = await accept(fixture);
  const other = await createQuietBot(runtime);
  await switchDemoVenue(fixture.ports, other.venueId);
  expect(await proposalOf(fixture)).toMatchObject({ state: "expired", reason: "the bot did not run any more" });
  expect(await readCommand(fixture, id)).toMatchObject({ state: "refused" });
});

describe("proposals that are watched", () => {
  it("expire by time also while the market of another gives no answer, which is not kept quiet", async () => {
    const [dark, sound] = [await proposeAtFirst(runtime), await proposeAtFirst(runtime)];
    const marketDataOf: typeof dark.ports.marketDataOf = (venue) =>
      venue.id === dark.venueId
        ? Promise.reject(new VenueError("unreachable", "no answer"))
        : sound.ports.marketDataOf(venue);
    const later = FIRST_SLOT + 10 * MINUTE_MS;
    const open = await proposalOf(dark);
    // The one whose market is dark ends first of the two, so that it is looked at first.
    expect((await proposalOf(sound)).expiresAt).toEqual(open.expiresAt);
    const ports = { ...sound.ports, marketDataOf, wallNow: () => later - 1 };
    await expect(watchProposals(ports)).rejects.toThrow("no answer");
    expect(await proposalOf(sound)).toMatchObject({ watchedThrough: new Date(FIRST_SLOT + 5 * MINUTE_MS) });
    expect(await proposalOf(dark)).toMatchObject({ state: "proposed", watchedThrough: new Date(FIRST_SLOT) });
  });
});

describe("a bot whose settings this release cannot read", () => {
  it("refuses new exits, and is stopped and closed all the same", async () => {
    const fixture = await enterAtFirst(runtime);
    const { botId } = fixture;
    await runtime.db.botSettings.create({ data: { botId, version: 2, settings: { mode: "gone" } } });
    await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: 2 } });
    expect(await tellBot(fixture, { kind: "apply-exits", isLooser: false })).toMatchObject({
      state: "refused",
      reason: "version 2 of its settings cannot be read by this release",
    });
    expect(await tellBot(fixture, { kind: "close-all" })).toMatchObject({ state: "taken" });
    expect(await tellBot(fixture, { kind: "stop" })).toMatchObject({ state: "done" });
    expect(await statusOf(fixture)).toBe("stopped");
    expect((await positionOf(fixture)).exitPlan.closeOrderedAt).toBe(TOLD_AT);
  });
});

describe("commands that waited for a cycle", () => {
  it("are each judged by the slots that the one before left: a bot that goes on runs at the next open", async () => {
    const fixture = await createQuietBot(runtime);
    await editSettings(fixture, { intervalSeconds: 300 });
    await tellBot(fixture, { kind: "stop" });
    fixture.setTime(TOLD_AT);
    await holdBot(fixture);
    const resumed = await tellBot(fixture, { kind: "resume" });
    const told = await tellBot(fixture, { kind: "run-now" });
    expect([resumed.state, told.state]).toEqual(["asked", "asked"]);
    await freeBot(fixture);
    expect(await readCommand(fixture, resumed.id)).toMatchObject({ state: "done" });
    expect(await readCommand(fixture, told.id)).toMatchObject({ state: "taken", reason: null });
  });
});
