import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf } from "../testing/cycle-fixture";
import { editSettings } from "../testing/edit-fixture";
import { createPerson } from "../testing/people-fixture";
import { runHours } from "../testing/run-hours";
import { listVersions } from "../views/bots/list-versions";
import type { WantedEdit } from "./edit-bot";
import { restoreVersion } from "./restore-version";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const MINUTE_MS = 60_000;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 12 });
let fixture: BooksFixture;
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS });
});

const botOf = () => runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
const countVersions = () => runtime.db.botSettings.count({ where: { botId: fixture.botId } });
const edit = (settings: object = { pairs: ["BTC/USDT"] }, changes: Partial<WantedEdit> = {}) =>
  editSettings(fixture, { ...settings }, changes);

describe("an edit", () => {
  it("writes the next version, names its author, and is told, listed and audited once", async () => {
    const { botId, userId } = fixture;
    expect(await edit({ pairs: ["BTC/USDT"] }, { name: "Renamed" })).toBe(2);
    expect(await botOf()).toMatchObject({ settingsVersion: 2, name: "Renamed" });
    const version = await runtime.db.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version: 2 } } });
    expect(version).toMatchObject({ authorId: userId, restoredFrom: null, settings: { pairs: ["BTC/USDT"] } });
    const activities = await runtime.db.activity.findMany({ where: { botId, kind: "settingsChanged" } });
    expect(activities.map(({ text }) => text)).toEqual(["Settings changed to version 2: name, pairs"]);
    const events = await runtime.db.liveEvent.findMany({ where: { userId, kind: "settings-changed" } });
    expect(events).toMatchObject([{ payload: { botId, name: "Renamed", version: 2 } }]);
    const audits = await runtime.db.auditEntry.findMany({ where: { actorId: userId } });
    expect(audits).toMatchObject([{ action: "edit-bot", subject: `bot:${botId}`, details: { version: 2, before: 1 } }]);
  });

  it("of the name alone writes no version, and one of nothing writes nothing at all", async () => {
    expect(await edit({}, { name: "Renamed" })).toBe(1);
    expect(await edit({})).toBe(1);
    expect((await botOf()).name).toBe("Renamed");
    expect(await runtime.db.auditEntry.count({ where: { actorId: fixture.userId } })).toBe(1);
  });

  it("sent many times at once writes one version, and all are answered with it", async () => {
    const key = runtime.newId();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => edit({ pairs: ["BTC/USDT"] }, { key, basedOn: 1 })),
    );
    expect(new Set(answers)).toEqual(new Set([2]));
    expect(await countVersions()).toBe(2);
    await expect(edit({ pairs: ["ETH/USDT"] }, { key })).rejects.toThrow(
      /saved already as version 2, with other entries/,
    );
  });

  it("sent again with another name is refused, and not answered as if that was saved", async () => {
    const key = runtime.newId();
    await edit({ pairs: ["BTC/USDT"] }, { key, basedOn: 1, name: "First" });
    await expect(edit({ pairs: ["BTC/USDT"] }, { key, basedOn: 1, name: "Second" })).rejects.toThrow(
      /saved already as version 2, with other entries/,
    );
    expect((await botOf()).name).toBe("First");
  });

  it("that leaves the name out keeps what another page called it meanwhile, also when sent again", async () => {
    const key = runtime.newId();
    await edit({}, { name: "Renamed" });
    for (let sent = 0; sent < 2; sent += 1) {
      expect(await edit({ pairs: ["BTC/USDT"] }, { key, basedOn: 1, name: undefined })).toBe(2);
    }
    expect((await botOf()).name).toBe("Renamed");
  });

  it("of the name alone says what it is called now, and speaks of no version", async () => {
    await edit({}, { name: "Renamed" });
    const activities = await runtime.db.activity.findMany({
      where: { botId: fixture.botId, kind: "settingsChanged" },
    });
    expect(activities.map(({ text }) => text)).toEqual(["Renamed to Renamed"]);
  });

  it("replaces settings that this release cannot read, and says so", async () => {
    const { botId } = fixture;
    const stored = await runtime.db.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version: 1 } } });
    await runtime.db.botSettings.create({
      data: { botId, version: 2, settings: { ...(stored.settings as object), wings: 2 }, authorId: fixture.userId },
    });
    await runtime.db.bot.update({ where: { id: botId }, data: { settingsVersion: 2 } });
    expect(await edit({}, { settings: { ...(stored.settings as object) } })).toBe(3);
    const activity = await runtime.db.activity.findFirstOrThrow({ where: { botId, kind: "settingsChanged" } });
    expect(activity.text).toBe("Settings changed to version 3: all of them, as those before could not be read");
  });

  it("of several that began with one version only one is taken: the others are told to look again", async () => {
    const intervals = [1800, 2700, 3600 * 2, 3600 * 4];
    const edits = intervals.map((intervalSeconds) => edit({ intervalSeconds }, { basedOn: 1 }));
    const results = await Promise.allSettled(edits);
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    expect(refusals).toHaveLength(3);
    for (const refusal of refusals) expect(refusal).toMatch(/Version 2 was saved meanwhile.*version 1/);
    expect(await countVersions()).toBe(2);
  });

  it("of another's bot is refused like that of a missing one", async () => {
    const { userId } = await createPerson(runtime);
    const refusals = [{ userId }, { botId: runtime.newId() }].map((changes) =>
      edit({ pairs: ["BTC/USDT"] }, changes).catch(String),
    );
    expect(new Set(await Promise.all(refusals)).size).toBe(1);
    expect(await countVersions()).toBe(1);
  });

  it.each<[what: string, settings: object, refusal: RegExp]>([
    ["a pair that the venue has not", { pairs: ["XYZ/USDT"] }, /no swap market for XYZ\/USDT/],
    ["an interval of none", { intervalSeconds: 0 }, /The bot was not changed. intervalSeconds/],
    ["a setting that is none", { wings: 2 }, /wings/],
    ["a mode that is none", { mode: "wish" }, /there is no such mode/],
    ["another matching model", { matching: { version: 2 } }, /keeps the matching model/],
  ])("to %s is refused as for a new bot, and changes nothing", async (_, settings, refusal) => {
    await expect(edit(settings)).rejects.toThrow(refusal);
    expect(await countVersions()).toBe(1);
    expect(await runtime.db.auditEntry.count({ where: { actorId: fixture.userId } })).toBe(0);
  });

  it("of an archived bot is refused", async () => {
    await runtime.db.bot.update({
      where: { id: fixture.botId },
      data: { status: "archived", archivedAt: new Date() },
    });
    await expect(edit()).rejects.toThrow(/is archived/);
  });
});

describe("a new interval", () => {
  beforeEach(async () => {
    await runHours(fixture, { hours: 2, wish: () => [] });
    fixture.setTime(FIRST_SLOT + HOUR_MS + 2 * MINUTE_MS);
  });

  it.each([
    [900, 75],
    [7200, 120],
    [3600, 120],
  ])(
    "of %d s brings the next slot onto its own grid, after what was accounted for",
    async (intervalSeconds, minutes) => {
      await edit({ intervalSeconds, pairs: ["BTC/USDT"] });
      const nextDue = new Date(FIRST_SLOT + minutes * MINUTE_MS);
      expect(await botOf()).toMatchObject({ intervalSeconds, nextDue });
    },
  );
});

describe("a cycle that has the bot during an edit", () => {
  it("ends by the version that it began with, and the next one begins with the new one", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    await edit({ pairs: ["BTC/USDT"], intervalSeconds: 1800 });
    for (const stage of stagesOf(fixture, () => [])) await stage.run(cycle);
    const next = await claimSlot(fixture, FIRST_SLOT + HOUR_MS / 2, { holder: "next" });
    expect([cycle.settingsVersion, next.settingsVersion]).toEqual([1, 2]);
    const done = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycle.cycleId } });
    expect(done).toMatchObject({ status: "done", settingsVersion: 1 });
  });
});

describe("the versions of a bot", () => {
  const restore = (version: number, changes: object = {}) =>
    restoreVersion(fixture.ports, {
      key: runtime.newId(),
      userId: fixture.userId,
      botId: fixture.botId,
      basedOn: 2,
      version,
      ...changes,
    });

  it("are listed newest first, with who wrote them, what they changed, and what a restore would change", async () => {
    const { userId, botId } = fixture;
    await edit({ intervalSeconds: 1800 });
    const { items, present, next } = await listVersions(fixture.ports, { userId, botId });
    expect([present, next, items.map(({ version }) => version)]).toEqual([2, null, [2, 1]]);
    const words = { before: "Runs a cycle every hour", after: "Runs a cycle every 30 minutes" };
    expect(items[0]).toMatchObject({ author: `${userId}@example.org`, changes: [words], ifRestored: [] });
    expect(items[1]).toMatchObject({ changes: [], ifRestored: [{ before: words.after, after: words.before }] });
  });

  it("can be restored as a new version, once for each click, and nobody else's", async () => {
    await edit({ intervalSeconds: 1800 });
    const key = runtime.newId();
    const answers = await Promise.all([restore(1, { key }), restore(1, { key })]);
    expect(answers.map(({ version }) => version)).toEqual([3, 3]);
    expect(await botOf()).toMatchObject({ settingsVersion: 3, intervalSeconds: 3600 });
    const audit = await runtime.db.auditEntry.findFirst({
      where: { actorId: fixture.userId, action: "restore-settings" },
    });
    expect(audit?.details).toMatchObject({ restoredFrom: 1, version: 3 });
    const { userId } = await createPerson(runtime);
    const refusals = [{ userId }, { version: 9 }].map((changes) => restore(1, changes).catch(String));
    expect(new Set(await Promise.all(refusals)).size).toBe(1);
  });

  it("are read in pages", async () => {
    for (let version = 1; version <= 21; version += 1) await edit({ intervalSeconds: 1800 + 60 * version });
    const { userId, botId } = fixture;
    const first = await listVersions(fixture.ports, { userId, botId });
    expect([first.items.length, first.next]).toEqual([20, 3]);
    const second = await listVersions(fixture.ports, { userId, botId, before: 3 });
    expect([second.items.map(({ version }) => version), second.next]).toEqual([[2, 1], null]);
  });
});
