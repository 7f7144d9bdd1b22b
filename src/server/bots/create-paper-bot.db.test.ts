import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { botSettingsSchema } from "~/trading/bot-settings";
import { decimal } from "~/trading/money";
import { AppError } from "../errors";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { fingerprintBooks } from "../testing/fingerprint-books";
import { createPaperBot, type NewPaperBot } from "./create-paper-bot";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT"] });
});

const newBot = (changes: Partial<NewPaperBot> = {}): NewPaperBot => ({
  userId: fixture.userId,
  venueId: fixture.venueId,
  name: "second",
  settings: botSettingsSchema.parse({ pairs: ["ETH/USDT"], intervalSeconds: 3600 }),
  capital: decimal("1000.5"),
  startsAt: FIRST_SLOT + 1,
  ...changes,
});

describe("a new paper bot", () => {
  it("has an account, a first version of its settings, a free lease, its capital in the ledger and a first slot", async () => {
    const botId = await createPaperBot(fixture.ports, newBot());
    const bot = await runtime.db.bot.findUniqueOrThrow({
      where: { id: botId },
      include: { account: true, settings: true, lease: true, ledgerEntries: { orderBy: { account: "asc" } } },
    });
    expect(bot).toMatchObject({ status: "running", tradingState: "active", nextDue: new Date(FIRST_SLOT + HOUR_MS) });
    expect(bot.account).toMatchObject({ kind: "paper", keyReference: null, venueId: fixture.venueId });
    expect(bot.settings).toHaveLength(1);
    expect(bot.lease).toMatchObject({ epoch: 0n, holder: null });
    const lines = bot.ledgerEntries.map(({ account, amount }) => [account, amount.toFixed()]);
    expect(lines).toEqual([
      ["capital", "-1000.5"],
      ["cash", "1000.5"],
    ]);
  });

  it("is refused for a pair that its venue does not list, by name, and nothing is written", async () => {
    const before = await fingerprintBooks(runtime.db);
    const settings = botSettingsSchema.parse({ pairs: ["ETH/USDT", "DOGE/USDT"] });
    const refused = createPaperBot(fixture.ports, newBot({ settings }));
    await expect(refused).rejects.toThrow(AppError);
    await expect(refused).rejects.toThrow("DOGE/USDT");
    expect(await fingerprintBooks(runtime.db)).toEqual(before);
  });

  it("is made whole or not at all", async () => {
    const before = await fingerprintBooks(runtime.db);
    const accounts = await runtime.db.account.count();
    // The bot's id is taken: its account was made before.
    const ids = [runtime.newId(), fixture.botId];
    const ports = { ...fixture.ports, newId: () => ids.shift() ?? runtime.newId() };
    await expect(createPaperBot(ports, newBot())).rejects.toThrow("Unique constraint");
    await expect(createPaperBot(fixture.ports, newBot({ capital: decimal(-1) }))).rejects.toThrow("bots_allotment");
    expect(await fingerprintBooks(runtime.db)).toEqual(before);
    expect(await runtime.db.account.count()).toBe(accounts);
  });
});
