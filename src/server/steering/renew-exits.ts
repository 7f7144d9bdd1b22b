import type { Command } from "~/trading/steering/command";
import { orderExits } from "~/trading/steering/order-exits";
import { isRefused, refuse, type Refused } from "~/trading/steering/refused";
import { loadOpenPositions, type StoredPosition } from "../books/positions";
import type { Transaction } from "../db/client";
import type { Applied, Applying } from "./applied";
import { NO_POSITION, readTerms, readVersion, replaceOrders, writePlan } from "./order-exits";

type Wanted = Extract<Command, { kind: "apply-exits" }>;

/** The settings that are in force now. Refused where the trader looked at another version of them. */
const readPresent = async (tx: Transaction, botId: string, seen: number | undefined) => {
  const { settingsVersion: version } = await tx.bot.findUniqueOrThrow({ where: { id: botId } });
  if (seen !== undefined && seen !== version) {
    return refuse(`version ${version} of its settings was saved since you looked at version ${seen}: look again`);
  }
  const settings = await readVersion(tx, { botId, version });
  return isRefused(settings) ? settings : { version, settings };
};

type Renewal = { readonly position: StoredPosition; readonly ordered: ReturnType<typeof orderExits> };

/** What a command would do with each open position of a bot, or with the one that it is about. */
export const planRenewals = async (
  tx: Transaction,
  { botId, now }: { readonly botId: string; readonly now: number },
  { positionId, isLooser, version }: Omit<Wanted, "kind">,
): Promise<Renewal[]> => {
  const present = await readPresent(tx, botId, version);
  const held = await loadOpenPositions(tx, botId);
  const renew = async (position: StoredPosition): Promise<Renewal["ordered"]> => {
    if (isRefused(present)) return present;
    const terms = await readTerms(tx, botId, position);
    return isRefused(terms) ? terms : orderExits(position, { ...present, isLooser, at: now }, terms);
  };
  const renewals: Renewal[] = [];
  for (const position of held.filter(({ id }) => positionId === undefined || id === positionId)) {
    renewals.push({ position, ordered: await renew(position) });
  }
  return renewals;
};

/** Why nothing of it was done: the reason of the first that cannot. */
const whyNone = (renewals: readonly Renewal[], { positionId }: Wanted): Refused => {
  const [reason] = renewals.flatMap(({ ordered }) => (isRefused(ordered) ? [ordered] : []));
  return reason ?? (positionId === undefined ? refuse("it holds nothing") : NO_POSITION);
};

/**
 * Orders that open positions of a bot take up the exits of its present settings, from the next candle on. Those that
 * cannot keep theirs; where none can, the command is refused.
 */
export const applyExits = async (applying: Applying, command: Wanted): Promise<Applied> => {
  const { tx, bot } = applying;
  const renewals = await planRenewals(tx, bot, command);
  const able = renewals.flatMap(({ position, ordered }) =>
    isRefused(ordered) ? [] : [{ position, exitPlan: ordered.exitPlan }],
  );
  const positionIds = able.map(({ position }) => position.id);
  if (positionIds.length === 0) return whyNone(renewals, command);
  await replaceOrders(applying, positionIds);
  for (const { position, exitPlan } of able) await writePlan(tx, position, exitPlan);
  return { positionIds };
};
