import { releaseControl } from "~/trading/cycle/release-control";
import { botSettingsSchema } from "~/trading/bot-settings";
import { isControl } from "~/trading/decision/is-control";
import { formatUsdtPrice } from "~/trading/format-number";
import type { BotContext } from "../bot-context";
import type { Transaction } from "../db/client";
import type { StoredPosition } from "./positions";

type Releasing = { readonly context: BotContext; readonly newId: () => string };

const describeRelease = ({ pair, stopLoss, takeProfit }: StoredPosition): string => {
  const levels = [
    stopLoss && `stop at ${formatUsdtPrice(stopLoss)}`,
    takeProfit && `target at ${formatUsdtPrice(takeProfit)}`,
  ];
  const named = levels.filter((level) => level !== null).join(" and ");
  return `Took the ${named} off ${pair}: a buy-and-hold control has neither`;
};

const release = async (tx: Transaction, { context, newId }: Releasing, position: StoredPosition): Promise<void> => {
  const levels = { stopLoss: position.stopLoss?.toFixed() ?? null, takeProfit: position.takeProfit?.toFixed() ?? null };
  await tx.position.update({ where: { id: position.id }, data: { stopLoss: null, takeProfit: null } });
  await tx.$executeRaw`
    INSERT INTO activities (id, user_id, bot_id, kind, text, details, at)
    VALUES (${newId()}::uuid, ${context.userId}::uuid, ${context.botId}::uuid, 'stop-removed', ${describeRelease(position)},
      ${JSON.stringify({ positionId: position.id, ...levels })}::jsonb, clock_timestamp())`;
};

/** A position is the control's by the settings that opened it. Only a position that has levels can lose them. */
const isOfControl = async (tx: Transaction, context: BotContext, position: StoredPosition): Promise<boolean> => {
  const { botId, settingsVersion: present, settings } = context;
  const { settingsVersion: version, stopLoss, takeProfit } = position;
  if (version === present || (stopLoss ?? takeProfit) === null) return isControl(settings);
  const opened = await tx.botSettings.findUniqueOrThrow({ where: { botId_version: { botId, version } } });
  return isControl(botSettingsSchema.parse(opened.settings));
};

/** Whether a position is the control's and has levels that it must lose. */
export const hasToBeReleased = async (
  tx: Transaction,
  context: BotContext,
  position: StoredPosition,
): Promise<boolean> => releaseControl(position, await isOfControl(tx, context, position)) !== position;

/**
 * Takes stop and target off open positions of the control, which earlier versions gave it, and records each: what they
 * were and why they went. Returns the positions as they are then; those of any other bot untouched.
 */
export const releasePositions = async (
  tx: Transaction,
  releasing: Releasing,
  positions: readonly StoredPosition[],
): Promise<readonly StoredPosition[]> => {
  const released: StoredPosition[] = [];
  for (const position of positions) {
    const free = releaseControl(position, await isOfControl(tx, releasing.context, position));
    if (free !== position) await release(tx, releasing, position);
    released.push(free);
  }
  return released;
};
