import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { BOT_PRESETS } from "~/trading/bot-presets";
import { decimal } from "~/trading/money";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { createPerson } from "../testing/people-fixture";
import { readPaperAccounts } from "./account-money";
import { createBot, type WantedNewBot } from "./create-bot";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { poolMax: 12 });
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT"] });
});

const QUOTA = { botsMax: 1000, accountsMax: 1000 };
const portsWith = (quota: Partial<typeof QUOTA> = {}) => ({ ...fixture.ports, quota: { ...QUOTA, ...quota } });

const newUser = async (): Promise<string> => (await createPerson(runtime)).userId;
const wanted = (userId: string, changes: Partial<WantedNewBot> = {}): WantedNewBot => ({
  userId,
  key: runtime.newId(),
  name: "Mine",
  money: { from: "new-account", venueId: fixture.venueId, capital: "10000", allotment: "4000" },
  settings: { pairs: ["ETH/USDT"], intervalSeconds: 3600 },
  ...changes,
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

describe("a bot that is created", () => {
  it("runs on an account of its own with its part of the money, and is told, listed and audited once", async () => {
    const userId = await newUser();
    const { botId } = await createBot(portsWith(), wanted(userId));
    const bot = await runtime.db.bot.findUniqueOrThrow({
      where: { id: botId },
      include: { account: true, settings: true, lease: true, ledgerEntries: { orderBy: { account: "asc" } } },
    });
    expect(bot).toMatchObject({ userId, name: "Mine", status: "running", nextDue: new Date(FIRST_SLOT) });
    expect(bot.account).toMatchObject({ userId, kind: "paper", venueId: fixture.venueId });
    expect([bot.account.capital?.toFixed(), bot.allotment.toFixed()]).toEqual(["10000", "4000"]);
    expect(bot.settings).toMatchObject([{ version: 1, settings: { mode: "trinity", matching: { version: 2 } } }]);
    expect(bot.ledgerEntries.map(({ account, amount }) => [account, amount.toFixed()])).toEqual([
      ["capital", "-4000"],
      ["cash", "4000"],
    ]);
    const [activity, ...others] = await runtime.db.activity.findMany({ where: { botId } });
    expect(activity?.text).toBe("Created: Trinity on ETH/USDT with 4,000.00 USDT of Mine");
    expect(others).toEqual([]);
    const events = await runtime.db.liveEvent.findMany({ where: { userId } });
    expect(events).toMatchObject([{ kind: "bot-created", payload: { botId, name: "Mine" } }]);
    const audits = await runtime.db.auditEntry.findMany({ where: { actorId: userId } });
    expect(audits).toMatchObject([{ action: "create-bot", subject: `bot:${botId}` }]);
  });

  it.each(BOT_PRESETS)("may be $title as it is offered", async ({ settings }) => {
    const given = { ...settings, pairs: ["BTC/USDT", "ETH/USDT"], intervalSeconds: 3600 };
    const { botId } = await createBot(portsWith(), wanted(await newUser(), { settings: given }));
    const stored = await runtime.db.botSettings.findFirstOrThrow({ where: { botId } });
    expect(stored.settings).toMatchObject({ mode: settings.mode });
  });
});

describe("the same form", () => {
  it("sent many times at once makes one bot, and all are answered with it", async () => {
    const userId = await newUser();
    const form = wanted(userId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => createBot(portsWith(), form)));
    expect(new Set(answers.map(({ botId }) => botId)).size).toBe(1);
    expect(await runtime.db.bot.count({ where: { userId } })).toBe(1);
    expect(await runtime.db.account.count({ where: { userId } })).toBe(1);
    expect(await runtime.db.auditEntry.count({ where: { actorId: userId } })).toBe(1);
  });

  it("with other entries is refused, and what it made stays", async () => {
    const form = wanted(await newUser());
    await createBot(portsWith(), form);
    for (const changes of [{ name: "Other" }, { settings: { ...form.settings, pairs: ["BTC/USDT"] } }]) {
      await expect(createBot(portsWith(), { ...form, ...changes })).rejects.toThrow(/already created the bot "Mine"/);
    }
    expect(await runtime.db.bot.count({ where: { userId: form.userId } })).toBe(1);
  });

  it("of another user is another bot: a key leads to nobody else's", async () => {
    const form = wanted(await newUser());
    const first = await createBot(portsWith(), form);
    const second = await createBot(portsWith(), { ...form, userId: await newUser() });
    expect(second.botId).not.toBe(first.botId);
  });
});

describe("how many one user may have", () => {
  it("holds where 50 forms are sent at once: at a limit of 10 bots there are exactly 10", async () => {
    const userId = await newUser();
    const ports = portsWith({ botsMax: 10 });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => createBot(ports, wanted(userId))));
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    expect(await runtime.db.bot.count({ where: { userId } })).toBe(10);
    expect(refusals).toHaveLength(40);
    for (const refusal of refusals) expect(refusal).toMatch(/You have 10 bots, as many as one user may have: archive/);
    // Nothing is left of what was refused.
    expect(await runtime.db.account.count({ where: { userId } })).toBe(10);
    expect(await runtime.db.liveEvent.count({ where: { userId } })).toBe(10);
  });

  it("counts no bot that is archived, and nobody else's", async () => {
    const userId = await newUser();
    const ports = portsWith({ botsMax: 1 });
    const { botId } = await createBot(ports, wanted(userId));
    await expect(createBot(ports, wanted(userId))).rejects.toThrow(/You have 1 bots/);
    await runtime.db.bot.update({ where: { id: botId }, data: { status: "archived", archivedAt: new Date() } });
    await createBot(ports, wanted(userId));
    await createBot(ports, wanted(await newUser()));
  });

  it("holds for accounts, which bots may share", async () => {
    const userId = await newUser();
    const ports = portsWith({ accountsMax: 1 });
    await createBot(ports, wanted(userId));
    await expect(createBot(ports, wanted(userId))).rejects.toThrow(/You have 1 accounts.*use one of them/);
    const [account] = await readPaperAccounts(runtime.db, userId);
    const money = { from: "account" as const, accountId: account?.id ?? "", allotment: "1000" };
    await createBot(ports, wanted(userId, { money }));
    expect(await runtime.db.account.count({ where: { userId } })).toBe(1);
  });
});

describe("an account's money", () => {
  const openAccount = async (capital = "10000", allotment = "4000") => {
    const userId = await newUser();
    const money = { from: "new-account" as const, venueId: fixture.venueId, capital, allotment };
    const { botId } = await createBot(portsWith(), wanted(userId, { money }));
    const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    const take = (amount: string) =>
      createBot(portsWith(), wanted(userId, { money: { from: "account", accountId, allotment: amount } }));
    const free = async () => (await readPaperAccounts(runtime.db, userId))[0]?.free?.toFixed();
    return { userId, botId, accountId, take, free };
  };

  it("is allotted to many bots at once up to all of it, and never beyond", async () => {
    const { accountId, take, free } = await openAccount();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => take("1000")));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
    const { _sum } = await runtime.db.bot.aggregate({ where: { accountId }, _sum: { allotment: true } });
    expect(_sum.allotment?.toFixed()).toBe("10000");
    expect(await free()).toBe("0");
  });

  it("is refused by how much there is, at the field that asks for it", async () => {
    const { take } = await openAccount();
    await expect(take("6000.00000001")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/only 6,000\.00 USDT of the account can be allotted/) as string,
      fields: [{ path: "money.allotment" }],
    });
    await take("6000");
  });

  it("is less by what a running bot lost, and gets back what an archived one left", async () => {
    const { botId, take, free } = await openAccount();
    await runtime.db.equityPoint.create({
      data: { botId, at: new Date(FIRST_SLOT), equity: "3500", cash: "3500", margin: "0", peak: "4000" } as never,
    });
    expect(await free()).toBe("5500");
    await expect(take("6000")).rejects.toThrow(/only 5,500\.00 USDT/);
    await runtime.db.bot.update({ where: { id: botId }, data: { status: "archived", archivedAt: new Date() } });
    expect(await free()).toBe("9500");
    await take("9500");
    expect(await free()).toBe("0");
  });

  it("of a new account cannot be allotted beyond what is paid in", async () => {
    const money = { from: "new-account" as const, venueId: fixture.venueId, capital: "100", allotment: "101" };
    await expect(createBot(portsWith(), wanted(await newUser(), { money }))).rejects.toThrow(/only 100\.00 USDT/);
  });

  it("of which nobody knows what was paid in is not allotted", async () => {
    const { accountId, take, userId } = await openAccount();
    await runtime.db.account.update({ where: { id: accountId }, data: { capital: null } });
    expect((await readPaperAccounts(runtime.db, userId))[0]?.free).toBeNull();
    await expect(take("1")).rejects.toThrow(/can be allotted/);
  });

  it("of another user looks like that of nobody", async () => {
    const { accountId } = await openAccount();
    const stranger = await newUser();
    const ask = (id: string) =>
      createBot(portsWith(), wanted(stranger, { money: { from: "account", accountId: id, allotment: "1" } })).catch(
        ({ code, message }: { code: string; message: string }) => [code, message],
      );
    expect(await ask(accountId)).toEqual(await ask(runtime.newId()));
    expect(await ask(accountId)).toContain("not-found");
  });
});

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
    const refused = createBot(portsWith(), wanted(await newUser(), { settings }));
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
    const refused = createBot(portsWith(), wanted(await newUser(), changes()));
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(text) as string });
    expect(await countRows()).toEqual(before);
  });

  it("an interval too short for the market's clock, a venue that is closed, and a user who is gone", async () => {
    const { venueId } = fixture;
    const userId = await newUser();
    await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 720 } });
    const fast = wanted(userId, { settings: { pairs, intervalSeconds: 60 } });
    await expect(createBot(portsWith(), fast)).rejects.toMatchObject({
      fields: [{ path: "settings.intervalSeconds" }],
    });
    await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 1 } });
    await runtime.db.venue.update({ where: { id: venueId }, data: { archivedAt: new Date() } });
    await expect(createBot(portsWith(), wanted(userId))).rejects.toThrow(/not running: choose another/);
    await runtime.db.venue.update({ where: { id: venueId }, data: { archivedAt: null } });
    await runtime.db.user.update({ where: { id: userId }, data: { archivedAt: new Date() } });
    await expect(createBot(portsWith(), wanted(userId))).rejects.toThrow(/account is closed/);
    expect(await runtime.db.bot.count({ where: { userId } })).toBe(0);
  });
});

it("its first slot comes at the next instant of its grid by the venue's clock", async () => {
  fixture.setTime(FIRST_SLOT + 1);
  const { botId } = await createBot(portsWith(), wanted(await newUser()));
  const { nextDue, allotment } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  expect(nextDue).toEqual(new Date(FIRST_SLOT + HOUR_MS));
  expect(decimal(allotment.toString()).toNumber()).toBe(4000);
});
