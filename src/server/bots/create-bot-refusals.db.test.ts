import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createNewBots } from "../testing/new-bots";
import { createBot, type WantedNewBot } from "./create-bot";

let runtime: Runtime;
let bots: Awaited<ReturnType<typeof createNewBots>>;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  bots = await createNewBots(runtime);
});

const tables = ["bots", "accounts", "ledger_entries", "activities", "live_events", "audit_entries"] as const;
/** How many rows there are of everything that a new bot writes. */
const countRows = async (): Promise<Record<string, number>> => {
  const counts = await Promise.all(
    tables.map(async (table) => {
      const [row] = await runtime.db.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM ${table}`,
      );
      return [table, row?.count ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
};

describe("what cannot be a bot is refused by its field, and nothing is written", () => {
  const tooMany = Array.from({ length: 10_000 }, (_, index) => `A${index}/USDT`);
  const pairs = ["ETH/USDT"];
  it.each<[what: string, settings: Record<string, unknown>, field: string]>([
    ["NaN", { pairs, decision: { stopLossFraction: Number.NaN } }, "settings.decision.stopLossFraction"],
    ["1e308", { pairs, risk: { grossNotionalMax: 1e308 } }, "settings.risk.grossNotionalMax"],
    ["an endless number", { pairs, decision: { leverage: Infinity } }, "settings.decision.leverage"],
    ["text for a number", { pairs, intervalSeconds: "300" }, "settings.intervalSeconds"],
    ["10,000 pairs", { pairs: tooMany }, "settings.pairs"],
    ["no pair", { pairs: [] }, "settings.pairs"],
    ["a pair twice", { pairs: [...pairs, ...pairs] }, "settings.pairs"],
    ["a name that every object has", JSON.parse('{"pairs":["ETH/USDT"],"__proto__":{"a":1}}') as never, "settings"],
    ["one deep inside", JSON.parse('{"pairs":["ETH/USDT"],"risk":{"__proto__":{"a":1}}}') as never, "settings"],
    ["a mode that is none", { pairs, mode: "oracle" }, "settings.mode"],
    ["a setting that is none", { pairs, risk: { luck: 1 } }, "settings.risk"],
    ["exits of the control", { pairs, mode: "buy-and-hold", exits: { timeExitMinutes: 5 } }, "settings.exits"],
  ])("%s", async (_, settings, field) => {
    const before = await countRows();
    const refused = createBot(bots.portsWith(), bots.wanted(await bots.newUser(), { settings }));
    await expect(refused).rejects.toMatchObject({ code: "invalid", fields: [{ path: field }] });
    expect(await countRows()).toEqual(before);
  });

  it.each<[what: string, changes: () => Partial<WantedNewBot>, code: string, text: RegExp]>([
    [
      "a pair that the venue does not list",
      () => ({ settings: { pairs: ["DOGE/USDT"], intervalSeconds: 3600 } }),
      "unknown-pair",
      /no swap market for DOGE\/USDT/,
    ],
    [
      "a venue that is none",
      () => ({ money: { from: "new-account", venueId: runtime.newId(), capital: "1", allotment: "1" } }),
      "not-found",
      /not running/,
    ],
  ])("%s", async (_, changes, code, text) => {
    const before = await countRows();
    const refused = createBot(bots.portsWith(), bots.wanted(await bots.newUser(), changes()));
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(text) as string });
    expect(await countRows()).toEqual(before);
  });

  it("an interval too short for the market's clock, a venue that is closed, and a user who is gone", async () => {
    const { venueId } = bots.fixture;
    const userId = await bots.newUser();
    await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 720 } });
    const fast = bots.wanted(userId, { settings: { pairs, intervalSeconds: 60 } });
    await expect(createBot(bots.portsWith(), fast)).rejects.toMatchObject({
      fields: [{ path: "settings.intervalSeconds" }],
    });
    await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 1 } });
    await runtime.db.venue.update({ where: { id: venueId }, data: { archivedAt: new Date() } });
    await expect(createBot(bots.portsWith(), bots.wanted(userId))).rejects.toThrow(/not running: choose another/);
    await runtime.db.venue.update({ where: { id: venueId }, data: { archivedAt: null } });
    await runtime.db.user.update({ where: { id: userId }, data: { archivedAt: new Date() } });
    await expect(createBot(bots.portsWith(), bots.wanted(userId))).rejects.toThrow(/account is closed/);
    expect(await runtime.db.bot.count({ where: { userId } })).toBe(0);
  });
});
