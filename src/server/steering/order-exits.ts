import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import type { ExitPlan } from "~/trading/portfolio/exit-plan";
import type { CommandOf } from "~/trading/steering/command";
import { orderClose } from "~/trading/steering/order-close";
import { orderStop } from "~/trading/steering/order-stop";
import { isRefused, refuse, type Refused } from "~/trading/steering/refused";
import { loadOpenPositions, type StoredPosition } from "../books/positions";
import type { Transaction } from "../db/client";
import type { Applied, Applying } from "./applied";

/** As a missing one: which positions others have is nobody's business. */
export const NO_POSITION = refuse("it has no such open position");

export const writePlan = async (tx: Transaction, { id }: StoredPosition, plan: ExitPlan): Promise<void> => {
  await tx.$executeRaw`
    UPDATE positions SET exit_plan = ${JSON.stringify(plan)}::jsonb WHERE id = ${id}::uuid AND closed_at IS NULL`;
};

/**
 * An earlier order about a stop or the exits of these positions that did not come to pass yet is not carried out any
 * more: one that is about none besides ends, refused where it came to pass for none.
 */
export const replaceOrders = async ({ tx, bot }: Applying, positionIds: readonly string[]): Promise<void> => {
  const ids = [...positionIds];
  await tx.$executeRaw`
    UPDATE commands c SET position_ids = CASE WHEN l.ids = '{}' THEN position_ids ELSE done_ids || l.ids END,
      state = CASE WHEN l.ids <> '{}' THEN state WHEN done_ids = '{}' THEN 'refused'::"CommandState" ELSE 'done' END,
      reason = CASE WHEN l.ids <> '{}' THEN NULL WHEN done_ids = '{}' THEN 'a later command took its place'
        ELSE format('%s of %s positions have them: a later command took the place of the rest', cardinality(done_ids), cardinality(position_ids)) END,
      ended_at = CASE WHEN l.ids = '{}' THEN clock_timestamp() END
    FROM (SELECT c.id, ARRAY(SELECT p.id FROM unnest(c.position_ids) AS i(id) JOIN positions p ON p.id = i.id
        WHERE p.id <> ALL (${ids}::uuid[] || c.done_ids) AND p.closed_at IS NULL AND awaits_exits(p.exit_plan)) AS ids
      FROM commands c WHERE c.bot_id = ${bot.botId}::uuid AND c.state = 'taken' AND c.kind::text IN ('move-stop', 'apply-exits')
        AND c.position_ids && ${ids}::uuid[]) l
    WHERE c.id = l.id`;
};

const closeAll = async (applying: Applying, positions: readonly StoredPosition[]): Promise<Applied> => {
  const { tx, bot } = applying;
  const open = positions.filter(({ exitPlan }) => exitPlan.closeOrderedAt === null);
  const ids = open.map(({ id }) => id);
  await replaceOrders(applying, ids);
  for (const position of open) await writePlan(tx, position, orderClose(position.exitPlan, bot.now));
  return open.length === 0 ? refuse("it was ordered closed already: it leaves at the next open") : { positionIds: ids };
};

/** Orders all open positions of a bot closed, at the first open from now on. */
export const applyCloseAll = async (applying: Applying): Promise<Applied> => {
  const positions = await loadOpenPositions(applying.tx, applying.bot.botId);
  return positions.length === 0 ? refuse("it holds nothing") : closeAll(applying, positions);
};

/** Orders one open position of a bot closed. */
export const applyClosePosition = async (
  applying: Applying,
  { positionId }: CommandOf<"close-position">,
): Promise<Applied> => {
  const positions = await loadOpenPositions(applying.tx, applying.bot.botId);
  const position = positions.find(({ id }) => id === positionId);
  return position ? closeAll(applying, [position]) : NO_POSITION;
};

/** A version of a bot's settings. Refused where this release cannot read it, so that later commands are taken. */
export const readVersion = async (
  tx: Transaction,
  { botId, version }: { readonly botId: string; readonly version: number },
): Promise<BotSettings | Refused> => {
  const stored = await tx.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version } } });
  const { data } = botSettingsSchema.safeParse(stored.settings);
  return data ?? refuse(`version ${version} of its settings cannot be read by this release`);
};

/** What a stop is judged by beside its position. */
export const readTerms = async (tx: Transaction, botId: string, { marketId, settingsVersion }: StoredPosition) => {
  const market = await tx.market.findUniqueOrThrow({ where: { id: marketId }, select: { tick: true } });
  const openedBy = await readVersion(tx, { botId, version: settingsVersion });
  return isRefused(openedBy) ? openedBy : { tick: market.tick.toFixed(), openedBy };
};

/** Orders the stop of one open position of a bot moved, from the next candle on. */
export const applyMoveStop = async (applying: Applying, command: CommandOf<"move-stop">): Promise<Applied> => {
  const { tx, bot } = applying;
  const { positionId, level, isLooser } = command;
  const position = (await loadOpenPositions(tx, bot.botId)).find(({ id }) => id === positionId);
  if (!position) return NO_POSITION;
  const terms = await readTerms(tx, bot.botId, position);
  if (isRefused(terms)) return terms;
  const ordered = orderStop(position, { level, isLooser, at: bot.now }, terms);
  if (isRefused(ordered)) return ordered;
  await replaceOrders(applying, [positionId]);
  await writePlan(tx, position, ordered.exitPlan);
  return { positionIds: [positionId] };
};
