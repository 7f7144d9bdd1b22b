import { trailPositions, type Trailing } from "~/trading/cycle/trail-positions";
import type { StoredPosition } from "../books/positions";
import { toColumnOrNull } from "../db/amounts";
import { Prisma } from "../db/prisma";
import type { StageRun } from "./desk";
import { insertDecisions, type NewDecision, type Saving } from "./save-decisions";
import { MAY_WRITE, saveOnBooks } from "./save-stage";

/** The positions whose stops the decision candles of a slot move. */
const movedBy = (positions: readonly StoredPosition[], trailing: Trailing): StoredPosition[] =>
  trailPositions(positions, trailing).filter((position, index) => position.stopLoss !== positions[index]?.stopLoss);

export const movesStop = (positions: readonly StoredPosition[], trailing: Trailing): boolean =>
  movedBy(positions, trailing).length > 0;

const updateStops = (moved: readonly StoredPosition[]): Prisma.Sql => {
  const rows = moved.map(({ id, stopLoss, exitPlan }) => ({
    id,
    stop_loss: toColumnOrNull(stopLoss),
    exit_plan: exitPlan,
  }));
  return Prisma.sql`
    UPDATE positions p SET stop_loss = s.stop_loss, exit_plan = s.exit_plan
    FROM jsonb_populate_recordset(NULL::positions, ${JSON.stringify(rows)}::jsonb) s
    WHERE p.id = s.id AND p.id = ANY(${moved.map(({ id }) => id)}::uuid[]) AND p.closed_at IS NULL AND ${MAY_WRITE}`;
};

type Made<Result> = {
  readonly decided: readonly NewDecision[];
  readonly result: Result;
  readonly trailing: Trailing;
};

/**
 * `saveDecisions` where the candles that were decided on also move stops: both in one statement, on the books as they
 * are then. What the next stage needs, it reads.
 */
export const saveTrailed = async <Result extends Prisma.JsonObject>(
  { db, newId }: Saving,
  stage: StageRun,
  { decided, result, trailing }: Made<Result>,
): Promise<Result> => {
  const decisions = insertDecisions({ newId, cycleId: stage.cycle.cycleId }, decided);
  const saved = await saveOnBooks<Result>(db, stage, ({ positions }) => ({
    result,
    writes: [decisions, updateStops(movedBy(positions, trailing))],
  }));
  return saved ?? result;
};
