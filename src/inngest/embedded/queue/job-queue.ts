import { leaseName } from "../transport/checkpoint-steps";
import type { RunnerDatabase } from "../base/runner-database";
import type { SettledCall } from "../base/settled-call";
import type { PlannedRouting } from "../routing/plan-routing";

/** A job this process holds the lease of, with all that a call of its function needs. JSON members stay text. */
export type Job = {
  readonly id: string;
  readonly token: string;
  readonly runId: string;
  readonly fn: string;
  readonly kind: "call" | "sleep";
  /** "step" = discover; else the id of a planned or sleeping step. */
  readonly step: string;
  readonly attempt: number;
  readonly planned: boolean;
  readonly event: string;
  readonly steps: string;
  readonly stack: string;
  readonly stepCount: number;
};

type ClaimRow = {
  job_id: string;
  run_id: string;
  fn: string;
  kind: Job["kind"];
  step: string;
  attempt: number;
  planned: boolean;
  event: string;
  steps: string;
  stack: string;
  step_count: number;
};

const CLAIM = { name: "runner-claim", text: "select * from runner.claim_jobs($1, $2, $3, $4, $5)" } as const;
/** Routes events and claims in one round trip: a function in a later part of a statement sees what the first one did. */
const ROUTE_AND_CLAIM = {
  name: "runner-route-and-claim",
  text: `with routed as materialized (select runner.route_events($6, $7, $8) as done)
         select routed.done, job.* from routed
         left join lateral runner.claim_jobs(case when routed.done then $1::int else 0 end, $2, $3, $4, $5) job on true`,
} as const;
const SETTLE_AND_CLAIM = {
  name: "runner-settle-and-claim",
  text: `with settled as materialized (select runner.settle_job($6, $7, $8, $2, $9, $10, $11, $12, $13) as done)
         select settled.done, job.* from settled
         left join lateral runner.claim_jobs(case when settled.done then $1::int else 0 end, $2, $3, $4, $5) job on true`,
} as const;
// SKIP LOCKED: a locked job is being saved or cancelled, and waiting for it here could deadlock with a cancel.
const HEARTBEAT = {
  name: "runner-heartbeat",
  text: `update runner.jobs j set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
         where j.id in (select held.id from runner.jobs held
           join unnest($1::bigint[], $2::text[]) as mine (id, token) on mine.id = held.id and mine.token = held.token
           for update of held skip locked)`,
} as const;
const RELEASE = {
  name: "runner-release",
  text: `update runner.jobs j set lease_until = null, token = null
         from unnest($1::bigint[], $2::text[]) as mine (id, token) where j.id = mine.id and j.token = mine.token`,
} as const;
const NEXT_DUE = {
  name: "runner-next-due",
  text: "select min(due_ms)::float8 as due_ms from runner.jobs where due_ms > $1 and fn = any ($2)",
} as const;

/** A due job of another process counts as in flight until its lease ends, even when that process is dead. */
const HELD = {
  name: "runner-held",
  text: `select extract(epoch from min(lease_until) - clock_timestamp())::float8 * 1000 as wait_ms from runner.jobs
         where due_ms <= $1 and fn = any ($2) and lease_until >= clock_timestamp()`,
} as const;

export type JobQueue = {
  /** Leases due jobs that are not leased, oldest first. */
  claim(limit: number, now: number): Promise<Job[]>;
  /** The same once these events are routed. Null: another runner routed some of them, and nothing was done. */
  routeAndClaim(routing: PlannedRouting, limit: number): Promise<Job[] | null>;
  /**
   * Stores what a call did, gives up the job and claims up to `limit` due ones. Null = the lease was lost: nothing was
   * stored or claimed.
   */
  settle(job: Job, call: SettledCall, next: { readonly now: number; readonly limit: number }): Promise<Job[] | null>;
  /** Makes the leases last their full length from now. */
  extend(jobs: readonly Job[]): Promise<void>;
  /** Gives leases back at once: a call that still executes cannot save after this. */
  release(jobs: readonly Job[]): Promise<void>;
  /** The next due instant after `now`, in scheduler milliseconds. */
  nextDueAt(now: number): Promise<number | undefined>;
  /** Wall milliseconds until the first lease on a job due by `now` ends unless it is kept; undefined: none is held. */
  heldForMs(now: number): Promise<number | undefined>;
};

export type JobQueueOptions = {
  readonly leaseMs: number;
  /** Only jobs of these functions are claimed: another version of the program may know others. */
  readonly functionIds: readonly string[];
};

const toJob = (row: ClaimRow, token: string): Job => ({
  id: row.job_id,
  token,
  runId: row.run_id,
  fn: row.fn,
  kind: row.kind,
  step: row.step,
  attempt: row.attempt,
  planned: row.planned,
  event: row.event,
  steps: row.steps,
  stack: row.stack,
  stepCount: row.step_count,
});

/** A row for each job, at least one; where nothing was due it has no job. */
type DoneRow = { done: boolean } & (ClaimRow | { job_id: null });

const toClaimed = (rows: readonly DoneRow[], token: string): Job[] | null =>
  rows[0]?.done === true ? rows.flatMap((row) => (row.job_id === null ? [] : [toJob(row, token)])) : null;

const idsAndTokens = (jobs: readonly Job[]): [string[], string[]] => [
  jobs.map((job) => job.id),
  jobs.map((job) => job.token),
];

/** The name of a job's lease in the SDK's checkpoints. */
export const leaseOf = (job: Job): string => leaseName(job.id, job.token);

export const createJobQueue = (database: RunnerDatabase, options: JobQueueOptions): JobQueue => {
  const claiming = (limit: number, now: number, token: string): unknown[] => {
    return [limit, now, options.leaseMs, token, options.functionIds];
  };
  return {
    claim: async (limit, now) => {
      const token = crypto.randomUUID();
      const rows = await database.run<ClaimRow>(CLAIM, claiming(limit, now, token));
      return rows.map((row) => toJob(row, token));
    },
    routeAndClaim: async ({ now, positions, segments }, limit) => {
      const token = crypto.randomUUID();
      const values = [...claiming(limit, now, token), now, positions, JSON.stringify(segments)];
      return toClaimed(await database.run<DoneRow>(ROUTE_AND_CLAIM, values), token);
    },
    settle: async (job, call, { now, limit }) => {
      const token = crypto.randomUUID();
      const rows = await database.run<DoneRow>(SETTLE_AND_CLAIM, [
        ...claiming(limit, now, token),
        job.id,
        job.token,
        job.runId,
        JSON.stringify(call.plan),
        call.values,
        call.output ?? null,
        call.error ?? null,
        call.failure ?? null,
      ]);
      return toClaimed(rows, token);
    },
    extend: async (jobs) => {
      if (jobs.length > 0) await database.run(HEARTBEAT, [...idsAndTokens(jobs), options.leaseMs]);
    },
    release: async (jobs) => {
      if (jobs.length > 0) await database.run(RELEASE, idsAndTokens(jobs));
    },
    nextDueAt: async (now) => {
      const rows = await database.run<{ due_ms: number | null }>(NEXT_DUE, [now, options.functionIds]);
      return rows[0]?.due_ms ?? undefined;
    },
    heldForMs: async (now) => {
      const rows = await database.run<{ wait_ms: number | null }>(HELD, [now, options.functionIds]);
      return rows[0]?.wait_ms ?? undefined;
    },
  };
};
