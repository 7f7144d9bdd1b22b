import type { BotSettings } from "~/trading/bot-settings";
import { toMoney, type Decimal } from "~/trading/money";
import { toColumn } from "../db/amounts";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { bookNewBot } from "./book-new-bot";
import { requireListed } from "./require-listed";

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
  const { venueId, userId, name, capital: allotment, ...rest } = bot;
  await requireListed(ports.db, venueId, rest.settings);
  const [accountId, botId] = [ports.newId(), ports.newId()];
  await inTransaction(ports.db, async (tx) => {
    const capital = toColumn(toMoney(allotment));
    await tx.account.create({ data: { id: accountId, userId, venueId, kind: "paper", name, capital } });
    await bookNewBot(tx, { ...rest, botId, userId, accountId, venueId, name, allotment });
  });
  return botId;
};
