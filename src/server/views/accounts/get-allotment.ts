import type { AllotmentView } from "~/contracts/allotment";
import { decimal, toPlain, ZERO } from "~/trading/money";
import { readFlowBot } from "../../accounts/read-flow-books";
import { refuseAllotment } from "../../accounts/refuse-allotment";
import type { Ports } from "../../ports";
import type { OwnedBot } from "../../tenant/find-own";

/** The least that can be moved: what is refused of it is refused of any amount. */
const LEAST = decimal("0.00000001");

/** What a user's own bot is allotted, and what can be changed of it now. Throws AppError; others' bots count as absent. */
export const getAllotment = async ({ db }: Pick<Ports, "db">, owned: OwnedBot): Promise<AllotmentView> => {
  const bot = await readFlowBot(db, owned);
  const { most, equity, cash, reserved, exitFees, openLoss, kept } = bot.returnable;
  return {
    botId: owned.botId,
    botName: bot.name,
    accountName: bot.accountName,
    currency: bot.currency,
    allotment: toPlain(bot.allotment),
    equity: toPlain(equity),
    free: bot.free && toPlain(bot.free),
    shortfall: bot.shortfall && toPlain(bot.shortfall),
    returnable: {
      most: toPlain(most),
      cash: toPlain(cash.lt(0) ? ZERO : cash),
      reserved: toPlain(reserved),
      exitFees: toPlain(exitFees),
      openLoss: toPlain(openLoss),
      kept: toPlain(kept),
    },
    refused: {
      give: refuseAllotment(bot, LEAST)?.text ?? null,
      take: refuseAllotment(bot, LEAST.neg())?.text ?? null,
    },
  };
};
