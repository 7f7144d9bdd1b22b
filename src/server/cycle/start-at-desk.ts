import { asksModel } from "~/trading/cycle/model-question";
import { isControl } from "~/trading/decision/is-control";
import type { TradeLock } from "~/trading/risk/basis/trade-lock";
import { LOCKS } from "../books/trade-locks";
import type { BotContext } from "../bot-context";
import { loadBooksWith } from "../books/bot-books";
import { USER_RISK_REF, type UserRiskRef } from "../books/user-risk";
import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";
import type { Ports } from "../ports";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import type { Desk, Reading, StageRun } from "./desk";
import { fencedStages, type StageResults } from "./stage-fence";
import { endStage, startStage, type StageName } from "./start-stage";

type Row = {
  readonly hasStandingOrders: boolean;
  readonly heldBefore: readonly number[];
  readonly userRisk: UserRiskRef;
  readonly isToldToCease: boolean;
  readonly locks: readonly TradeLock[];
  /** Null where another cycle has the bot. */
  readonly stages: StageResults | null;
};

const read = async (db: Database, { botId, settings }: BotContext, cycle: CycleRef): Promise<Reading> => {
  const columns = Prisma.sql`, ${HAS_STANDING_ORDER} AS "hasStandingOrders",
    ARRAY(SELECT DISTINCT h.market_id FROM positions h
      WHERE ${isControl(settings)} AND h.bot_id = b.id AND h.closed_at IS NOT NULL) AS "heldBefore",
    ${USER_RISK_REF} AS "userRisk", ${LOCKS} AS locks,
    ${asksModel(settings)} AND EXISTS (SELECT FROM commands t WHERE t.bot_id = b.id AND t.state = 'asked'
      AND t.kind IN ('pause', 'stop', 'close-all')) AS "isToldToCease",
    (${fencedStages(cycle)}) AS stages`;
  const { books, more } = await loadBooksWith(db, botId, columns);
  const { heldBefore, stages, hasStandingOrders, userRisk, isToldToCease, locks } = more as Row;
  if (stages === null) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: it reads nothing`);
  const returned = Object.fromEntries(Object.entries(stages).map(([stage, { result }]) => [stage, result]));
  const told = { hasStandingOrders, userRisk, isToldToCease, locks };
  return { books, heldBefore: new Set(heldBefore), ...told, returned };
};

type AtDesk<Result> = {
  readonly run: StageRun;
  readonly context: BotContext;
  readonly reading: Reading;
  /** What the stage returned when it ran before; it then has nothing left to do. Null: it has not. */
  readonly returned: Result | null;
};

/** Starts a stage by what lies on the desk. Throws StaleCycleError when another cycle has the bot. */
export const startAtDesk = async <Result extends Prisma.JsonObject>(
  ports: Pick<Ports, "db" | "contexts">,
  { cycle, stage, desk }: { readonly cycle: CycleRef; readonly stage: StageName; readonly desk: Desk },
): Promise<AtDesk<Result>> => {
  const run = { ...startStage(cycle, stage), desk };
  const context = await ports.contexts.ofCycle(cycle);
  const reading = (desk.reading ??= await read(ports.db, context, cycle));
  const returned = (reading.returned[stage] as Result | undefined) ?? null;
  if (returned) endStage(run);
  return { run, context, reading, returned };
};
