import type pg from "pg";

/**
 * When one bot's decision on one candle close was made, as its record says, and when its orders were booked; wall time, ms.
 * The record is stored within the same transaction, some milliseconds later: for a look after its page's one INSERT.
 */
export type Decided = {
  readonly botId: string;
  /** Market time of the close, ms. */
  readonly close: number;
  readonly decidedAt: number;
  /** Whether the decision led to an order that was meant to be sent. */
  readonly hasOrder: boolean;
  /** Null where nothing was ordered, or the order is not booked yet. */
  readonly orderedAt: number | null;
};

/**
 * THE PLACE that knows where a decision stands: one row for each bot and close of $1 that was decided, whatever records
 * it. Whatever else may cover a slot is another SELECT of the same columns.
 */
const DECIDED = `
  SELECT c.bot_id AS "botId", extract(epoch FROM c.slot)::float8 * 1000 AS close,
    (c.stages #>> '{make-decisions,endedAt}')::float8 AS "decidedAt",
    o."hasOrder", CASE WHEN o."hasOrder" THEN (c.stages #>> '{execute-orders,endedAt}')::float8 END AS "orderedAt"
  FROM cycles c,
    LATERAL (SELECT EXISTS (SELECT 1 FROM order_intents i WHERE i.cycle_id = c.id) AS "hasOrder") o
  WHERE c.slot = ANY($1) AND c.stages ? 'make-decisions'`;

/** How often what was read in a market was stored, by closes: analyses. */
const ANALYSES = `SELECT count(*)::int AS count FROM analyses a WHERE a.closed_by = ANY($1)`;

/** Durable runs that did a bot's slot: what a look covers has no epoch. */
const RUNS = `SELECT count(*)::int AS count FROM cycles c WHERE c.slot = ANY($1) AND c.epoch IS NOT NULL`;

/** Points of equity at the closes. */
const MARKS = `SELECT count(*)::int AS count FROM equity_points e WHERE e.at = ANY($1)`;

/** Why slots of the closes ended undecided, in words, with how many. */
const UNDECIDED = `
  SELECT concat_ws(' ', c.status::text, c.skip_reason::text, c.failure) AS reason, count(*)::int AS count
  FROM cycles c WHERE c.slot = ANY($1) AND NOT c.stages ? 'make-decisions' GROUP BY 1 ORDER BY 2 DESC`;

export type Work = { readonly analyses: number; readonly runs: number; readonly marks: number };
export type Undecided = { readonly reason: string; readonly count: number };

/** Everything that the product stored about these closes. */
export const readCloses = async (
  client: pg.Client,
  closes: readonly number[],
): Promise<{ readonly decided: Decided[]; readonly work: Work; readonly undecided: Undecided[] }> => {
  const slots = [closes.map((close) => new Date(close))];
  const count = async (sql: string): Promise<number> =>
    (await client.query<{ count: number }>(sql, slots)).rows[0]?.count ?? 0;
  return {
    decided: (await client.query<Decided>(DECIDED, slots)).rows,
    work: { analyses: await count(ANALYSES), runs: await count(RUNS), marks: await count(MARKS) },
    undecided: (await client.query<Undecided>(UNDECIDED, slots)).rows,
  };
};
