import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { BOT_PRESETS } from "~/trading/bot-presets";
import { decimal } from "~/trading/money";
import type { Runtime } from "../runtime";
import { FIRST_SLOT, HOUR_MS } from "../testing/books-fixture";
import { createNewBots } from "../testing/new-bots";
import { readPaperAccounts } from "./account-money";
import { changeAllotment } from "../accounts/change-allotment";
import { createBot } from "./create-bot";

let runtime: Runtime;
let bots: Awaited<ReturnType<typeof createNewBots>>;
openBed((bed) => ({ runtime } = bed), { poolMax: 12 });
beforeAll(async () => {
  bots = await createNewBots(runtime);
});

describe("a bot that is created", () => {
  it("runs on an account of its own with its part of the money, and is told, listed and audited once", async () => {
    const userId = await bots.newUser();
    const { botId } = await createBot(bots.portsWith(), bots.wanted(userId));
    const bot = await runtime.db.bot.findUniqueOrThrow({
      where: { id: botId },
      include: { account: true, settings: true, lease: true, ledgerEntries: { orderBy: { account: "asc" } } },
    });
    expect(bot).toMatchObject({ userId, name: "Mine", status: "running", nextDue: new Date(FIRST_SLOT) });
    expect(bot.account).toMatchObject({ userId, kind: "paper", venueId: bots.fixture.venueId });
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
    const { botId } = await createBot(bots.portsWith(), bots.wanted(await bots.newUser(), { settings: given }));
    const stored = await runtime.db.botSettings.findFirstOrThrow({ where: { botId } });
    expect(stored.settings).toMatchObject({ mode: settings.mode });
  });
});

describe("the same form", () => {
  it("sent many times at once makes one bot, and all are answered with it", async () => {
    const userId = await bots.newUser();
    const form = bots.wanted(userId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => createBot(bots.portsWith(), form)));
    expect(new Set(answers.map(({ botId }) => botId)).size).toBe(1);
    expect(await runtime.db.bot.count({ where: { userId } })).toBe(1);
    expect(await runtime.db.account.count({ where: { userId } })).toBe(1);
    expect(await runtime.db.auditEntry.count({ where: { actorId: userId } })).toBe(1);
  });

  it("sent again after its bot gave money back is still answered with that bot", async () => {
    const userId = await bots.newUser();
    const form = bots.wanted(userId);
    const { botId } = await createBot(bots.portsWith(), form);
    await changeAllotment(runtime, { userId, botId, key: runtime.newId(), change: "take", amount: "5.5" });
    expect(await createBot(bots.portsWith(), form)).toEqual({ botId });
  });

  it("with other entries is refused, and what it made stays", async () => {
    const form = bots.wanted(await bots.newUser());
    await createBot(bots.portsWith(), form);
    for (const changes of [{ name: "Other" }, { settings: { ...form.settings, pairs: ["BTC/USDT"] } }]) {
      await expect(createBot(bots.portsWith(), { ...form, ...changes })).rejects.toThrow(
        /already created the bot "Mine"/,
      );
    }
    expect(await runtime.db.bot.count({ where: { userId: form.userId } })).toBe(1);
  });

  it("of another user is another bot: a key leads to nobody else's", async () => {
    const form = bots.wanted(await bots.newUser());
    const first = await createBot(bots.portsWith(), form);
    const second = await createBot(bots.portsWith(), { ...form, userId: await bots.newUser() });
    expect(second.botId).not.toBe(first.botId);
  });
});

describe("how many one user may have", () => {
  it("holds where 50 forms are sent at once: at a limit of 10 bots there are exactly 10", async () => {
    const userId = await bots.newUser();
    const ports = bots.portsWith({ botsMax: 10 });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => createBot(ports, bots.wanted(userId))));
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    expect(await runtime.db.bot.count({ where: { userId } })).toBe(10);
    expect(refusals).toHaveLength(40);
    for (const refusal of refusals) expect(refusal).toMatch(/You have 10 bots, as many as one user may have: archive/);
    // Nothing is left of what was refused.
    expect(await runtime.db.account.count({ where: { userId } })).toBe(10);
    expect(await runtime.db.liveEvent.count({ where: { userId } })).toBe(10);
  });

  it("counts no bot that is archived, and nobody else's", async () => {
    const userId = await bots.newUser();
    const ports = bots.portsWith({ botsMax: 1 });
    const { botId } = await createBot(ports, bots.wanted(userId));
    await expect(createBot(ports, bots.wanted(userId))).rejects.toThrow(/You have 1 bots/);
    await runtime.db.bot.update({ where: { id: botId }, data: { status: "archived", archivedAt: new Date() } });
    await createBot(ports, bots.wanted(userId));
    await createBot(ports, bots.wanted(await bots.newUser()));
  });

  it("holds for accounts, which bots may share", async () => {
    const userId = await bots.newUser();
    const ports = bots.portsWith({ accountsMax: 1 });
    await createBot(ports, bots.wanted(userId));
    await expect(createBot(ports, bots.wanted(userId))).rejects.toThrow(/You have 1 accounts.*use one of them/);
    const [account] = await readPaperAccounts(runtime.db, userId);
    const money = { from: "account" as const, accountId: account?.id ?? "", allotment: "1000" };
    await createBot(ports, bots.wanted(userId, { money }));
    expect(await runtime.db.account.count({ where: { userId } })).toBe(1);
  });
});

describe("an account's money", () => {
  const openAccount = async (capital = "10000", allotment = "4000") => {
    const userId = await bots.newUser();
    const money = { from: "new-account" as const, venueId: bots.fixture.venueId, capital, allotment };
    const { botId } = await createBot(bots.portsWith(), bots.wanted(userId, { money }));
    const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    const take = (amount: string) =>
      createBot(bots.portsWith(), bots.wanted(userId, { money: { from: "account", accountId, allotment: amount } }));
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
    const figures = { equity: "3500", cash: "3500", margin: "0", unrealizedPnl: "0", peak: "4000" };
    await runtime.db.equityPoint.create({ data: { botId, at: new Date(FIRST_SLOT), ...figures } });
    const line = { transactionId: "loss", botId, currency: "USDT", postedAt: new Date(FIRST_SLOT) };
    await runtime.db.ledgerEntry.createMany({
      data: [
        { ...line, account: "cash", amount: "-500" },
        { ...line, account: "fees", amount: "500" },
      ],
    });
    expect(await free()).toBe("5500");
    await expect(take("6000")).rejects.toThrow(/only 5,500\.00 USDT/);
    await runtime.db.bot.update({ where: { id: botId }, data: { status: "archived", archivedAt: new Date() } });
    expect(await free()).toBe("9500");
    await take("9500");
    expect(await free()).toBe("0");
  });

  it("of a new account cannot be allotted beyond what is paid in", async () => {
    const money = { from: "new-account" as const, venueId: bots.fixture.venueId, capital: "100", allotment: "101" };
    await expect(createBot(bots.portsWith(), bots.wanted(await bots.newUser(), { money }))).rejects.toThrow(
      /only 100\.00 USDT/,
    );
  });

  it("of which nobody knows what was paid in is not allotted", async () => {
    const { accountId, take, userId } = await openAccount();
    await runtime.db.account.update({ where: { id: accountId }, data: { capital: null } });
    expect((await readPaperAccounts(runtime.db, userId))[0]?.free).toBeNull();
    await expect(take("1")).rejects.toThrow(/can be allotted/);
  });

  it("of another user looks like that of nobody", async () => {
    const { accountId } = await openAccount();
    const stranger = await bots.newUser();
    const ask = (id: string) =>
      createBot(
        bots.portsWith(),
        bots.wanted(stranger, { money: { from: "account", accountId: id, allotment: "1" } }),
      ).catch(({ code, message }: { code: string; message: string }) => [code, message]);
    expect(await ask(accountId)).toEqual(await ask(runtime.newId()));
    expect(await ask(accountId)).toContain("not-found");
  });
});

it("its first slot comes at the next instant of its grid by the venue's clock", async () => {
  bots.fixture.setTime(FIRST_SLOT + 1);
  const { botId } = await createBot(bots.portsWith(), bots.wanted(await bots.newUser()));
  const { nextDue, allotment } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  expect(nextDue).toEqual(new Date(FIRST_SLOT + HOUR_MS));
  expect(decimal(allotment.toString()).toNumber()).toBe(4000);
});
