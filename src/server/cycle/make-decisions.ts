import { decideMarket } from "~/trading/cycle/decide-market";
import { decisionTimeframes } from "~/trading/decision/decide";
import type { Decision } from "~/trading/decision/basis/decision";
import { isControl } from "~/trading/decision/is-control";
import type { BotContext } from "../bot-context";
import type { Database } from "../db/client";
import { readLastCandles } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import { loadAskedMarkets, type Asked } from "./asked-markets";
import type { CycleRef } from "./cycle-ref";
import { runStage } from "./run-stage";
import { startStage } from "./start-stage";
import { saveDecisions } from "./save-decisions";

export type DecisionsMade = { readonly open: number; readonly close: number; readonly hold: number };

type DecisionPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts">;

/** Markets that the control held before. Other modes do not need them, so they are not read. */
const loadHeldBefore = async (db: Database, { botId, settings }: BotContext): Promise<ReadonlySet<number>> => {
  if (!isControl(settings)) return new Set();
  const where = { botId, closedAt: { not: null } };
  const rows = await db.position.findMany({ where, distinct: ["marketId"], select: { marketId: true } });
  return new Set(rows.map(({ marketId }) => marketId));
};

const readAndDecide = async (
  ports: DecisionPorts,
  { venue }: BotContext,
  {
    asked,
    slot,
    heldBefore,
  }: { readonly asked: Asked; readonly slot: number; readonly heldBefore: ReadonlySet<number> },
): Promise<Decision> => {
  const { market, settings, position: held } = asked;
  const series = await Promise.all(
    decisionTimeframes(settings).map((wanted) =>
      readLastCandles(ports, { ...market, venue }, { ...wanted, closedBy: slot }),
    ),
  );
  const wasHeld = heldBefore.has(market.id);
  return decideMarket({ pair: market.rules.pair, time: slot, settings, series, held, wasHeld });
};

/** Stage 3: asks the bot's mode about each market, in the order of its settings, and stores signals and decisions. */
export const makeDecisions = async (ports: DecisionPorts, cycle: CycleRef): Promise<DecisionsMade> => {
  const stage = startStage(cycle, "make-decisions");
  const context = await ports.contexts(cycle.botId, cycle.settingsVersion);
  const asked = await loadAskedMarkets(ports, context, cycle);
  const heldBefore = await loadHeldBefore(ports.db, context);
  const decided = await Promise.all(
    asked.map(async (each) => ({
      marketId: each.market.id,
      mode: each.settings.mode,
      decision: await readAndDecide(ports, context, { asked: each, slot: cycle.slot, heldBefore }),
    })),
  );
  return runStage(ports.db, stage, async (tx) => {
    await saveDecisions(tx, { cycleId: cycle.cycleId, newId: ports.newId }, decided);
    const count = (action: Decision["action"]) => decided.filter(({ decision }) => decision.action === action).length;
    return { open: count("open"), close: count("close"), hold: count("hold") };
  });
};
