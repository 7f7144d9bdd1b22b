import { askMarkets, type AskedMarket, type AskedSettings } from "~/trading/cycle/ask-markets";
import { isDecisionDue } from "~/trading/decision/decide";
import { findMarket, type BotContext, type BotMarket } from "../bot-context";
import type { BotBooks } from "../books/bot-books";
import type { StoredPosition } from "../books/positions";
import type { Database } from "../db/client";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";

type AskingPorts = Pick<Ports, "db" | "contexts">;
type Opened = StoredPosition & { readonly openedBy: AskedSettings };

export type Asked = AskedMarket<BotMarket, Opened>;

type Asking = { readonly cycle: CycleRef; readonly context: BotContext; readonly books: BotBooks };

/** A bot's open positions, each with the settings of the version that opened it. */
const loadOpenedBy = ({ contexts }: AskingPorts, { cycle: { botId }, books }: Asking): Promise<Opened[]> =>
  Promise.all(
    books.positions.map(async (position) => ({
      ...position,
      openedBy: await contexts.settingsOf(botId, position.settingsVersion),
    })),
  );

const findLastDoneSlot = async (db: Database, { botId, slot }: CycleRef): Promise<number | null> => {
  const where = { botId, status: "done" as const, slot: { lt: new Date(slot) } };
  const last = await db.cycle.findFirst({ where, orderBy: { slot: "desc" }, select: { slot: true } });
  return last?.slot.getTime() ?? null;
};

/** The markets that are asked about, and one more of the bot's. */
export const withMarket = (context: BotContext, asked: readonly Asked[], marketId: number | undefined): BotMarket[] => {
  const markets = asked.map(({ market }) => market);
  const more = marketId === undefined ? undefined : findMarket(context, marketId);
  return more && markets.every(({ id }) => id !== more.id) ? [...markets, more] : markets;
};

/**
 * The markets that a cycle decides about. A cycle runs when a decision is due in one of them. Where their settings
 * differ, and where a command started it, each market is decided only when its own settings are due.
 */
export const loadAskedMarkets = async (ports: AskingPorts, asking: Asking): Promise<Asked[]> => {
  const { cycle, context } = asking;
  const { settings, settingsVersion, markets: traded, heldMarkets: held } = context;
  const positions = await loadOpenedBy(ports, asking);
  const { balances } = asking.books.kept;
  const asked = askMarkets({ settings, traded, held, positions, balances });
  const isOne = positions.every((position) => position.settingsVersion === settingsVersion);
  if (isOne && cycle.commandId === undefined) return asked;
  const span = { slot: cycle.slot, lastDoneSlot: await findLastDoneSlot(ports.db, cycle) };
  return asked.filter((each) => isDecisionDue(each.settings, span));
};
