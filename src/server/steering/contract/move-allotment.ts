import { decimal } from "~/trading/money";
import { changeAllotment } from "../../accounts/change-allotment";
import { moveMoney } from "../../accounts/move-money";
import { AppError } from "../../errors";
import { loadBotFacts } from "../../views/bots/load-bot-facts";
import { toBotRow } from "../../views/bots/to-bot-row";
import type { Flow } from "./command-sequences";
import { botAt, type ToldBots } from "./told-bots";

/** A peak is kept to eight digits, and a bot keeps at least 1. */
const EXACT = 1e-7;

/** What a flow must leave as it is, as the bot's row says it. */
const readResult = async ({ ports, userId, botId }: ReturnType<typeof botAt>) => {
  const [facts] = await loadBotFacts(ports, { userId, botId }, { samples: 2 });
  if (!facts) throw new Error(`there is no bot ${botId}`);
  const { returnFraction, drawdown, pnl, statusReason } = toBotRow(facts);
  return { made: returnFraction, drawdown: drawdown?.now ?? null, pnl, statusReason };
};
type Result = Awaited<ReturnType<typeof readResult>>;

const isNear = (one: number | null, other: number | null): boolean =>
  one === null || other === null ? one === other : Math.abs(one - other) < EXACT;

const isSame = (before: Result, after: Result): boolean =>
  isNear(before.made, after.made) &&
  isNear(before.drawdown, after.drawdown) &&
  JSON.stringify(before.pnl) === JSON.stringify(after.pnl) &&
  before.statusReason === after.statusReason;

/** Gives one of them money that was just paid into its account, or takes some back: no figure of its result changes. */
export const moveAllotment = async (bots: ToldBots, { bot, amount: signed }: Flow): Promise<void> => {
  const fixture = botAt(bots, bot);
  const { ports, userId, botId } = fixture;
  const amount = decimal(Math.abs(signed)).toFixed(8);
  const { accountId } = await ports.db.bot.findUniqueOrThrow({ where: { id: botId } });
  if (signed > 0) await moveMoney(ports, { userId, accountId, kind: "deposit", amount, key: ports.newId() });
  const before = await readResult(fixture);
  const change = signed > 0 ? ("give" as const) : ("take" as const);
  try {
    await changeAllotment(ports, { userId, botId, key: ports.newId(), change, amount });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  const after = await readResult(fixture);
  if (isSame(before, after)) return;
  throw new Error(`a flow made ${JSON.stringify(before)} into ${JSON.stringify(after)}`);
};
