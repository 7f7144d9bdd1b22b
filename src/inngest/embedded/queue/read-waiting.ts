import type { Pool } from "pg";

/**
 * What the events of a name say whose run has yet to start, or could go on by `now` (clock ms): nobody need send them
 * again. One whose run waits for a later time is not among them.
 */
export const readWaiting = async (pool: Pool, { name, now }: { name: string; now: number }): Promise<unknown[]> => {
  const { rows } = await pool.query<{ data: unknown }>(
    `select e.body -> 'data' as data from runner.events e where not e.routed and e.name = $1
    union all select e.body -> 'data' from runner.jobs j
      join runner.runs r on r.id = j.run_id join runner.events e on e.seq = r.event_seq
      where j.due_ms <= $2 and e.name = $1`,
    [name, now],
  );
  return rows.map(({ data }) => data);
};
