import type { Runtime } from "../../src/server/runtime";
import { WARMING_UP } from "../../src/trading/decision/basis/reason-codes";

type Counts = Record<string, number>;

/** The outcomes of all decisions, with sorted keys, so that equal runs print equal text. */
export type DecisionCounts = {
  readonly total: number;
  readonly outcome: Counts;
  readonly reason: Counts;
  /** Refusals and reductions by the rule that made them. */
  readonly rule: Counts;
};

type Row = { readonly outcome: string; readonly reason: string; readonly rule: string | null; readonly count: number };

const tally = (rows: readonly Row[], keyOf: (row: Row) => string | null): Counts => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + row.count);
  }
  return Object.fromEntries([...counts].toSorted(([first], [second]) => (first < second ? -1 : 1)));
};

/**
 * Counts decisions by outcome (held, opened, closed, rejected, or not-filled where an order passed and did not fill),
 * and finds the first slot at which no pair was warming up.
 */
export const readDecisionCounts = async ({
  db,
}: Runtime): Promise<{ counts: DecisionCounts; warmupUntil: string | null }> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT CASE WHEN d.action = 'hold' THEN 'held' WHEN v.outcome = 'rejected' THEN 'rejected'
        WHEN o.status = 'filled' AND d.action = 'open' THEN 'opened' WHEN o.status = 'filled' THEN 'closed'
        ELSE 'not-filled' END AS outcome,
      d.reason_code AS reason, v.rule, count(*)::int AS count
    FROM decisions d LEFT JOIN verdicts v ON v.decision_id = d.id
    LEFT JOIN LATERAL (SELECT max(o.status) FILTER (WHERE o.status = 'filled') AS status
      FROM order_intents i JOIN orders o ON o.intent_id = i.id WHERE i.decision_id = d.id) o ON true
    GROUP BY 1, 2, 3`;
  const [warm] = await db.$queryRaw<[{ slot: Date | null }]>`
    SELECT min(c.slot) AS slot FROM cycles c
    WHERE EXISTS (SELECT 1 FROM decisions d WHERE d.cycle_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.cycle_id = c.id AND d.reason_code = ${WARMING_UP})`;
  const counts = {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    outcome: tally(rows, (row) => row.outcome),
    reason: tally(rows, (row) => row.reason),
    rule: tally(rows, (row) => row.rule),
  };
  return { counts, warmupUntil: warm.slot?.toISOString() ?? null };
};
