/** Counts since the runner was made, for measurements. */
export type RunnerStats = {
  /** Calls of functions: the first call of a run and those after sleeps, failures and parallel steps. */
  readonly calls: number;
  /** Results of calls that were stored; refused because the lease was lost. */
  readonly settled: number;
  readonly stale: number;
  /** Steps stored, by checkpoints and by results of calls. */
  readonly steps: number;
  readonly checkpoints: number;
  readonly claims: number;
  readonly eventsRouted: number;
  /** Statements sent to PostgreSQL; each is one transaction. */
  readonly roundTrips: number;
};

export type RunnerCounters = { -readonly [Name in Exclude<keyof RunnerStats, "roundTrips">]: number };

export const createRunnerCounters = (): RunnerCounters => ({
  calls: 0,
  settled: 0,
  stale: 0,
  steps: 0,
  checkpoints: 0,
  claims: 0,
  eventsRouted: 0,
});
