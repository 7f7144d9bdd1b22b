import type { BotListInput, BotPage } from "~/contracts/bot-list";
import type { BotRow } from "~/contracts/bot-row";
import type { Ports } from "../../ports";
import { readPage } from "../pages/read-page";
import { loadBotFacts } from "./load-bot-facts";
import { selectBotIds, sortingOf, type BotSorting, type ListedBot } from "./select-bot-ids";
import { toBotRow } from "./to-bot-row";

/** Values of a bot's line in a row. */
export const SPARKLINE_POINTS = 48;

type Owned = { readonly userId: string };

/** A user's own bots by their ids, in that order; what is not there, or another user's, is left out. */
export const listBotRows = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { userId, botIds }: Owned & { readonly botIds: readonly string[] },
): Promise<BotRow[]> => {
  if (botIds.length === 0) return [];
  const facts = await loadBotFacts(ports, { userId, botIds }, { samples: SPARKLINE_POINTS });
  const rows = new Map(facts.map((each) => [each.bot.id, toBotRow(each)]));
  return botIds.flatMap((id) => rows.get(id) ?? []);
};

/** A page of a user's own bots, without archived ones. Throws AppError for a cursor of another list or sorting. */
export const listBots = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { userId, sort, order, cursor, limit, ...choice }: Owned & BotListInput,
): Promise<BotPage> => {
  const sorting: BotSorting = { by: sort, order };
  const { rows, nextCursor, previousCursor } = await readPage<ListedBot, string>(
    { cursor, limit },
    {
      sorting: sortingOf(sorting),
      read: (place, count) => selectBotIds(ports.db, { userId, ...choice }, { sorting, place, limit: count }),
      toItem: ({ id }) => id,
      endOf: ({ key, id }) => ({ key, id }),
    },
  );
  const items = await listBotRows(ports, { userId, botIds: rows.map(({ id }) => id) });
  return { items, nextCursor, previousCursor, from: rows[0]?.place ?? 0, matching: rows[0]?.matching ?? 0 };
};
