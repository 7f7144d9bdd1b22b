import type { PastEvents } from "~/trading/cycle/entry-history";
import { packEvidence } from "~/trading/decision/basis/packed-evidence";
import type { Evidence } from "~/trading/decision/basis/decision";
import type { MarketDecision } from "~/trading/decision/basis/market-decision";
import type { Database } from "../db/client";
import { insertRows, type ColumnValues } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";
import type { StageRun } from "./desk";
import { asStored } from "./load-decisions";
import { MAY_WRITE, saveStage } from "./save-stage";

/** A decision with the analysis that it was made on, and the evidence that is its own; none where a mode read nothing. */
export type NewDecision = MarketDecision & {
  readonly analysisId: string | null;
  readonly ownEvidence: readonly Evidence[] | null;
};

type Made<Result> = {
  readonly decided: readonly NewDecision[];
  readonly result: Result;
  /** What the gate will ask of the bot's past, as SQL; none where it asks nothing. */
  readonly past?: Prisma.Sql;
};

export type Saving = { readonly db: Database; readonly newId: () => string };

const toRow = (
  { marketId, decision, analysisId, ownEvidence }: NewDecision,
  of: { readonly id: string; readonly cycleId: string; readonly sequence: number },
): ColumnValues => ({
  id: of.id,
  cycle_id: of.cycleId,
  market_id: marketId,
  analysis_id: analysisId,
  sequence: of.sequence,
  action: decision.action,
  side: decision.side,
  decided_candle: decision.decidedCandle === null ? null : new Date(decision.decidedCandle),
  score: decision.score,
  size_fraction: decision.sizeFraction,
  leverage: decision.leverage,
  entry_price: decision.entryPrice,
  stop_loss: decision.stopLoss,
  take_profit: decision.takeProfit,
  exits: decision.exits ?? null,
  close_fraction: decision.closeFraction ?? null,
  invalidation: decision.invalidation,
  evidence: ownEvidence && packEvidence(ownEvidence),
  reason_code: decision.reason.code,
  reason_text: decision.reason.text,
});

type Identified = NewDecision & { readonly id: string };

const insertMade = (made: readonly Identified[], cycleId: string): Prisma.Sql =>
  insertRows(
    "decisions",
    made.map((each, sequence) => toRow(each, { id: each.id, cycleId, sequence })),
    MAY_WRITE,
  );

/** The rows of what a mode wants, as a write of a stage. */
export const insertDecisions = (
  { newId, cycleId }: { readonly newId: () => string; readonly cycleId: string },
  decided: readonly NewDecision[],
): Prisma.Sql =>
  insertMade(
    decided.map((each) => ({ ...each, id: newId() })),
    cycleId,
  );

/** Stores what a mode wants, one decision a market, as a stage's only write. */
export const saveDecisions = async <Result extends Prisma.JsonObject>(
  { db, newId }: Saving,
  stage: StageRun,
  { decided, result, past }: Made<Result>,
): Promise<Result> => {
  const { cycleId } = stage.cycle;
  const made = decided.map((each) => ({ ...each, id: newId() }));
  const writes = [insertMade(made, cycleId)];
  const saved = await saveStage(db, stage, { result, writes, ...(past && { read: past }) });
  const { desk } = stage;
  if (!saved.isNew || !desk) return saved.result;
  desk.decisions = made.map(asStored);
  desk.past = past ? (saved.read as PastEvents) : null;
  return saved.result;
};
