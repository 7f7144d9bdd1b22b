import type { BotLook } from "~/trading/cycle/look-at-bot";
import { ownEvidenceOf } from "~/trading/decision/basis/analysis";
import { packEvidence } from "~/trading/decision/basis/packed-evidence";
import { savePoints } from "../books/mark-bots";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { PROCESS_NAME } from "../cycle/start-stage";
import type { GatheredMarkets } from "./gather-markets";
import type { DueBot, LookedBot } from "./read-page";

type Quiet = Extract<BotLook, { outcome: "quiet" }>;
/** A bot whose slot is covered by the look itself. */
export type Covered = { readonly bot: LookedBot; readonly cycleId: string; readonly look: Quiet };
/** A bot whose slot is left to a run. */
export type Planned = { readonly bot: DueBot; readonly cycleId: string };

export type PageOutcome = {
  readonly slot: number;
  readonly durationMs: number;
  readonly pairsOf: (bot: LookedBot) => { readonly pairs: number; readonly withoutPrice: readonly string[] };
  readonly analysisOf: GatheredMarkets["analysisOf"];
  readonly covered: readonly Covered[];
  readonly planned: readonly Planned[];
  /** Bots whose slot needed a run and is too late for one. */
  readonly stale: readonly Planned[];
  readonly newId: () => string;
};

const iso = (time: number): string => new Date(time).toISOString();

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

const writeCycles = (tx: Transaction, page: PageOutcome) => {
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
  return tx.$executeRaw`
    INSERT INTO cycles (id, bot_id, slot, status, skip_reason, settings_version, stages, planned_at, started_at, ended_at)
    SELECT id, bot_id, ${new Date(page.slot)}, status::"CycleStatus", reason::"SkipReason", version, stages, looked_at,
      CASE WHEN status = 'done' THEN looked_at END, CASE WHEN status <> 'due' THEN clock_timestamp() END
    FROM jsonb_to_recordset(${JSON.stringify([...done, ...due, ...stale])}::jsonb)
      AS r(id uuid, bot_id uuid, status text, reason text, version int, stages jsonb),
      (SELECT clock_timestamp() - ${page.durationMs} * interval '1 millisecond' AS looked_at) AS look`;
};

const lookedAt = ({ covered, planned, stale }: PageOutcome): DueBot[] =>
  [...covered, ...planned, ...stale].map(({ bot }) => bot);

/** Slots that passed without a look: one row stands for all of a bot's. */
const writeMissed = async (tx: Transaction, page: PageOutcome): Promise<void> => {
  const { slot, newId } = page;
  const rows = lookedAt(page).flatMap(({ botId, nextDue, intervalMs }) => {
    const count = Math.ceil((slot - nextDue) / intervalMs);
    if (count === 0) return [];
    return [{ id: newId(), bot_id: botId, slot: iso(nextDue), through: iso(slot - intervalMs), count }];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO cycles (id, bot_id, slot, status, skip_reason, missed_through, missed_count, ended_at)
    SELECT id, bot_id, slot, 'skipped', 'missed', through, count, clock_timestamp()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id uuid, bot_id uuid, slot timestamptz, through timestamptz, count int)`;
};

const decisionRows = ({ bot, cycleId, look }: Covered, { newId, analysisOf }: PageOutcome) =>
  look.decisions.map(({ marketId, decision }, sequence) => {
    const held = bot.positions.find((position) => position.marketId === marketId);
    const { id: analysisId, analysis } = analysisOf(marketId, held?.openedBy ?? bot.settings);
    const own = ownEvidenceOf(decision, analysis);
    return {
      id: newId(),
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

const writeDecisions = async (tx: Transaction, page: PageOutcome): Promise<void> => {
  const rows = page.covered.flatMap((covered) => decisionRows(covered, page));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO decisions (id, cycle_id, market_id, analysis_id, sequence, action, side, decided_candle, score, invalidation,
      evidence, reason_code, reason_text)
    SELECT id, cycle_id, market_id, analysis_id, sequence, 'hold', side::"PositionSide", decided_candle, score, invalidation,
      CASE WHEN jsonb_typeof(evidence) = 'null' THEN NULL ELSE evidence END, reason_code, reason_text
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, cycle_id uuid, market_id int, analysis_id uuid,
      sequence int, side text, decided_candle timestamptz, score float8, invalidation jsonb, evidence jsonb,
      reason_code text, reason_text text)`;
};

/** By compare-and-set: a position that moved since it was read makes the whole page be looked at again. */
const movePositions = async (tx: Transaction, { covered }: PageOutcome): Promise<void> => {
  const rows = covered.flatMap(({ bot, look }) =>
    look.positions.map((position) => ({
      id: position.id,
      before: iso(bot.positions.find(({ id }) => id === position.id)?.settledThrough ?? 0),
      settled_through: iso(position.settledThrough),
      mark: toColumn(position.mark),
      marked_at: iso(position.markedAt),
      exit_plan: position.exitPlan,
    })),
  );
  if (rows.length === 0) return;
  const moved = await tx.$executeRaw`
    UPDATE positions p SET settled_through = r.settled_through, mark = r.mark, marked_at = r.marked_at, exit_plan = r.exit_plan
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, before timestamptz, settled_through timestamptz,
      mark numeric, marked_at timestamptz, exit_plan jsonb)
    WHERE p.id = r.id AND p.settled_through = r.before AND p.closed_at IS NULL`;
  if (moved !== rows.length) throw new Error("a position moved while its bot was looked at: looked at again");
};

const advanceBots = async (tx: Transaction, page: PageOutcome): Promise<void> => {
  const rows = lookedAt(page).map((bot) => ({
    id: bot.botId,
    before: iso(bot.nextDue),
    next_due: iso(page.slot + bot.intervalMs),
  }));
  const advanced = await tx.$executeRaw`
    UPDATE bots b SET next_due = r.next_due
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, before timestamptz, next_due timestamptz)
    WHERE b.id = r.id AND b.next_due = r.before`;
  if (advanced !== rows.length) throw new Error("a bot was looked at by another at the same time: looked at again");
};

/** Writes a page of looks, in the caller's transaction and under the locks of its bots. */
export const writePage = async (tx: Transaction, page: PageOutcome): Promise<void> => {
  if (lookedAt(page).length === 0) return;
  await advanceBots(tx, page);
  await writeMissed(tx, page);
  await writeCycles(tx, page);
  if (page.covered.length > 0) {
    await movePositions(tx, page);
    await writeDecisions(tx, page);
    await savePoints(
      tx,
      page.covered.map(({ bot, look }) => ({ botId: bot.botId, ...look.point })),
    );
  }
  tellUsers(tx, page);
};

const tellUsers = (tx: Transaction, { covered, stale, slot }: PageOutcome): void => {
  const at = { kind: "cycle-ended" as const, slot: iso(slot) };
  for (const { bot, cycleId, look } of covered) {
    const equity = toColumn(look.point.equity);
    appendLiveEvent(tx, bot.userId, { ...at, botId: bot.botId, cycleId, status: "done", equity });
  }
  for (const { bot, cycleId } of stale) {
    appendLiveEvent(tx, bot.userId, { ...at, botId: bot.botId, cycleId, status: "skipped", equity: null });
  }
};
