import { ownEvidenceOf } from "~/trading/decision/basis/analysis";
import { packEvidence } from "~/trading/decision/basis/packed-evidence";
import { insertPoints } from "../books/mark-bots";
import { MISSED_SLOTS } from "../books/missed-slots-sql";
import { PROCESS_NAME } from "../cycle/start-stage";
import { toColumn } from "../db/amounts";
import { Prisma } from "../db/prisma";
import type { Told } from "../live/append-live-event";
import { iso, lookedAt, type Covered, type PageOutcome, type Planned } from "./page-outcome";

/** What the stages of a cycle would have recorded of a slot that brings nothing but marks. */
const stagesOf = (
  { bot, look }: Covered,
  { pairsOf, durationMs, endedAt }: PageOutcome & { readonly endedAt: number },
) => {
  const record = (result: object) => ({ result, durationMs, attempt: 1, process: PROCESS_NAME, endedAt });
  const hasPositions = bot.positions.length > 0;
  const hasDecided = look.decisions.length > 0;
  return {
    "begin-cycle": record({ hasPositions }),
    ...(hasDecided && { "read-market": record(pairsOf(bot)) }),
    ...(hasPositions && { "read-portfolio": record({ closed: 0 }) }),
    ...(hasDecided && { "make-decisions": record({ open: 0, close: 0, hold: look.decisions.length }) }),
    "record-equity": record({ equity: toColumn(look.point.equity), openPositions: look.positions.length }),
  };
};

const insertCycles = (page: PageOutcome): Prisma.Sql => {
  const endedAt = Date.now();
  const done = page.covered.map((covered) => ({
    id: covered.cycleId,
    bot_id: covered.bot.botId,
    status: "done",
    version: covered.bot.settingsVersion,
    stages: stagesOf(covered, { ...page, endedAt }),
  }));
  const undone = ({ bot, cycleId }: Planned) => ({ id: cycleId, bot_id: bot.botId, stages: {} });
  const due = page.planned.map((planned) => ({ ...undone(planned), status: "due" }));
  const stale = page.stale.map((planned) => ({ ...undone(planned), status: "skipped", reason: "stale" }));
  return Prisma.sql`
    INSERT INTO cycles (id, bot_id, slot, status, skip_reason, settings_version, stages, planned_at, started_at, ended_at)
    SELECT r.id, r.bot_id, ${new Date(page.slot)}::timestamptz, r.status::"CycleStatus", r.reason::"SkipReason", r.version,
      r.stages, looked_at, CASE WHEN r.status = 'done' THEN looked_at END,
      CASE WHEN r.status <> 'due' THEN clock_timestamp() END
    FROM jsonb_to_recordset(${JSON.stringify([...done, ...due, ...stale])}::jsonb)
      AS r(id uuid, bot_id uuid, status text, reason text, version int, stages jsonb)
    JOIN advanced a ON a.id = r.bot_id,
      (SELECT clock_timestamp() - ${page.durationMs}::int * interval '1 millisecond' AS looked_at) AS look`;
};

/** Slots that passed without a look: one row stands for all of a bot's. */
const insertMissed = (page: PageOutcome): Prisma.Sql => {
  const { slot, newId } = page;
  const rows = lookedAt(page).flatMap(({ botId, nextDue, intervalMs }) => {
    if (nextDue >= slot) return [];
    const seconds = intervalMs / 1000;
    return [{ id: newId(), bot_id: botId, next_due: iso(nextDue), through: iso(slot - intervalMs), seconds }];
  });
  return Prisma.sql`
    INSERT INTO cycles (id, bot_id, slot, status, skip_reason, missed_through, missed_count, ended_at)
    SELECT r.id, r.bot_id, missed.slot, 'skipped', 'missed', r.through, missed.count, clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id uuid, bot_id uuid, next_due timestamptz, through timestamptz, seconds int)
    JOIN advanced a ON a.id = r.bot_id CROSS JOIN ${MISSED_SLOTS} missed`;
};

const decisionRows = ({ bot, cycleId, look }: Covered, { newId, analysisOf }: PageOutcome) =>
  look.decisions.map(({ marketId, decision }, sequence) => {
    const held = bot.positions.find((position) => position.marketId === marketId);
    const { id: analysisId, analysis } = analysisOf(marketId, held?.openedBy ?? bot.settings);
    const own = ownEvidenceOf(decision, analysis);
    return {
      id: newId(),
      bot_id: bot.botId,
      cycle_id: cycleId,
      market_id: marketId,
      analysis_id: analysisId,
      sequence,
      side: decision.side,
      decided_candle: decision.decidedCandle === null ? null : iso(decision.decidedCandle),
      score: decision.score,
      invalidation: decision.invalidation,
      evidence: own && packEvidence(own),
      reason_code: decision.reason.code,
      reason_text: decision.reason.text,
    };
  });

const insertDecisions = (page: PageOutcome): Prisma.Sql => {
  const rows = page.covered.flatMap((covered) => decisionRows(covered, page));
  return Prisma.sql`
    INSERT INTO decisions (id, cycle_id, market_id, analysis_id, sequence, action, side, decided_candle, score, invalidation,
      evidence, reason_code, reason_text)
    SELECT r.id, cycle_id, market_id, analysis_id, sequence, 'hold', side::"PositionSide", decided_candle, score, invalidation,
      CASE WHEN jsonb_typeof(evidence) = 'null' THEN NULL ELSE evidence END, reason_code, reason_text
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, bot_id uuid, cycle_id uuid, market_id int,
      analysis_id uuid, sequence int, side text, decided_candle timestamptz, score float8, invalidation jsonb,
      evidence jsonb, reason_code text, reason_text text)
    JOIN advanced a ON a.id = r.bot_id`;
};

const insertMarks = ({ covered }: PageOutcome): Prisma.Sql =>
  insertPoints(
    covered.map(({ bot, look }) => ({ botId: bot.botId, ...look.point })),
    Prisma.sql`bot_id IN (SELECT id FROM advanced)`,
  );

/** The parts of a statement that record a page, of the bots that its part `advanced` has. */
export const recordParts = (page: PageOutcome): Prisma.Sql => Prisma.sql`
  missed AS (${insertMissed(page)}), written AS (${insertCycles(page)}), decided AS (${insertDecisions(page)}),
  marked AS (${insertMarks(page)})`;

/** What the users of a page's bots are told of it. */
export const toldOf = ({ covered, stale, slot }: PageOutcome): Told[] => {
  const at = { kind: "cycle-ended" as const, slot: iso(slot) };
  const done = covered.map(({ bot: { botId, userId }, cycleId, look }): Told => {
    const equity = toColumn(look.point.equity);
    return { userId, event: { ...at, botId, cycleId, status: "done", equity } };
  });
  const skipped = stale.map(({ bot: { botId, userId }, cycleId }): Told => ({
    userId,
    event: { ...at, botId, cycleId, status: "skipped", equity: null },
  }));
  return [...done, ...skipped];
};
