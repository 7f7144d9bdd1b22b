import { decideAnalysed } from "~/trading/cycle/decide-market";
import { ownEvidenceOf } from "~/trading/decision/basis/analysis";
import type { Decision } from "~/trading/decision/basis/decision";
import { isControl } from "~/trading/decision/is-control";
import type { BotContext } from "../bot-context";
import type { Database } from "../db/client";
import { readAnalyses } from "../market/read-analyses";
import type { StoredAnalysis } from "../market/stored-analyses";
import type { Ports } from "../ports";
import { loadAskedMarkets, type Asked } from "./asked-markets";
import type { CycleRef } from "./cycle-ref";
import { startStage } from "./start-stage";
import { saveDecisions, type NewDecision } from "./save-decisions";

export type DecisionsMade = { readonly open: number; readonly close: number; readonly hold: number };

type DecisionPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts">;

/** Markets that the control held before. Other modes do not need them, so they are not read. */
const loadHeldBefore = async (db: Database, { botId, settings }: BotContext): Promise<ReadonlySet<number>> => {
  if (!isControl(settings)) return new Set();
  const where = { botId, closedAt: { not: null } };
  const rows = await db.position.findMany({ where, distinct: ["marketId"], select: { marketId: true } });
  return new Set(rows.map(({ marketId }) => marketId));
};

const decideOn = ({ id, analysis }: StoredAnalysis, asked: Asked, wasHeld: boolean): NewDecision => {
  const { market, settings, position: held } = asked;
  const decision = decideAnalysed({ pair: market.rules.pair, settings, analysis, held, wasHeld });
  return { marketId: market.id, decision, analysisId: id, ownEvidence: ownEvidenceOf(decision, analysis) };
};

/**
 * Stage 3: has the bot's mode decide about each market, in the order of its settings, on what it reads there, and stores
 * what it wants. What it reads is stored once for all bots that ask the same.
 */
export const makeDecisions = async (ports: DecisionPorts, cycle: CycleRef): Promise<DecisionsMade> => {
  const stage = startStage(cycle, "make-decisions");
  const context = await ports.contexts.ofCycle(cycle);
  const asked = await loadAskedMarkets(ports, context, cycle);
  const heldBefore = await loadHeldBefore(ports.db, context);
  const analyses = await readAnalyses(ports, { venue: context.venue, slot: cycle.slot }, asked);
  const decided = analyses.flatMap((analysis, index) => {
    const each = asked[index];
    return each ? [decideOn(analysis, each, heldBefore.has(each.market.id))] : [];
  });
  const count = (action: Decision["action"]) => decided.filter(({ decision }) => decision.action === action).length;
  const result = { open: count("open"), close: count("close"), hold: count("hold") };
  return saveDecisions(ports, stage, { decided, result });
};
