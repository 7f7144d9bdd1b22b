import type { BotSettings } from "~/trading/bot-settings";
import { firstSlotFrom } from "~/trading/cycle/plan-slots";
import { toMoney, type Decimal } from "~/trading/money";
import { postDeposit } from "~/trading/portfolio/ledger";
import { appendLedger } from "../books/ledger";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";

export type BookedBot = {
  readonly botId: string;
  readonly userId: string;
  readonly accountId: string;
  readonly venueId: string;
  readonly name: string;
  readonly settings: BotSettings;
  readonly allotment: Decimal;
  /** Venue time of its first slot, or the next grid instant after it; ms. */
  readonly startsAt: number;
};

/** A running bot on a paper account of its user, with what it is allotted in its books. */
export const bookNewBot = async (tx: Transaction, bot: BookedBot): Promise<void> => {
  const { botId, userId, accountId, venueId, name, settings } = bot;
  const allotment = toMoney(bot.allotment);
  const startsAt = firstSlotFrom(bot.startsAt, settings.intervalSeconds * 1000);
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
      allotment: toColumn(allotment),
      nextDue: new Date(startsAt),
      settings: { create: { version: 1, settings, authorId: userId } },
      lease: { create: {} },
    },
  });
  const deposit = postDeposit({ id: `deposit:${botId}:1`, amount: allotment, at: startsAt });
  await appendLedger(tx, deposit, { botId, currency: "USDT" });
};
