import type { BotSettings } from "~/trading/bot-settings";
import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { toMoney, type Decimal } from "~/trading/money";
import { postDeposit } from "~/trading/portfolio/ledger";
import { appendLedger } from "../books/ledger";
import { toColumn } from "../db/amounts";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";

export type NewPaperBot = {
  readonly userId: string;
  readonly venueId: string;
  readonly name: string;
  readonly settings: BotSettings;
  /** Paper capital in the account's currency. */
  readonly capital: Decimal;
  /** Venue time of its first slot, or the next grid instant after it; ms. */
  readonly startsAt: number;
};

/**
 * Makes a paper account with its capital and a running bot on it, whole or not at all. Throws AppError when the venue
 * does not list one of the pairs. Returns the bot's id.
 */
export const createPaperBot = async (ports: Pick<Ports, "db" | "newId">, bot: NewPaperBot): Promise<string> => {
  const { settings, venueId, userId, name } = bot;
  const listed = await ports.db.market.findMany({
    where: { venueId, marketType: settings.marketType, pair: { in: settings.pairs } },
    select: { pair: true },
  });
  const missing = settings.pairs.filter((pair) => listed.every((market) => market.pair !== pair));
  if (missing.length > 0) {
    throw new AppError(
      "unknown-pair",
      `The venue has no ${settings.marketType} market for ${missing.join(", ")}: choose other pairs.`,
    );
  }
  const [accountId, botId] = [ports.newId(), ports.newId()];
  const capital = toMoney(bot.capital);
  const startsAt = firstSlotFrom(bot.startsAt, settings.intervalSeconds * 1000);
  await inTransaction(ports.db, async (tx) => {
    await tx.account.create({ data: { id: accountId, userId, venueId, kind: "paper", name } });
    await tx.bot.create({
      data: {
        id: botId,
        userId,
        accountId,
        accountKind: "paper",
        venueId,
        name,
        settingsVersion: 1,
        intervalSeconds: settings.intervalSeconds,
        allotment: toColumn(capital),
        nextDue: new Date(startsAt),
        settings: { create: { version: 1, settings } },
        lease: { create: {} },
      },
    });
    const deposit = postDeposit({ id: `deposit:${botId}:1`, amount: capital, at: startsAt });
    await appendLedger(tx, deposit, { botId, currency: "USDT" });
  });
  return botId;
};
