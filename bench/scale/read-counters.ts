import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { readCpu, type ByProcess } from "../read-processes";

/** What only grows while the product runs, at one instant. */
export type Counters = {
  readonly at: number;
  readonly cpu: ByProcess<number>;
  /** Durable runs and their steps by function. */
  readonly executions: ByProcess<number>;
  readonly databaseBytes: number;
  readonly requests: number;
};

const EXECUTIONS = `
  SELECT r.fn AS name, (count(*) + sum((SELECT count(*) FROM runner.steps s WHERE s.run_id = r.id)))::float8 AS count
  FROM runner.runs r GROUP BY r.fn`;

/** Requests that all processes together have answered, by the files that they write. */
const sumRequests = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + Number(readFileSync(path.join(folder, name), "utf8")), 0);

type Source = { readonly client: pg.Client; readonly pids: readonly number[]; readonly countsFolder: string };

export const readCounters = async ({ client, pids, countsFolder }: Source): Promise<Counters> => {
  const at = Date.now();
  const cpu = readCpu(pids);
  const { rows: executions } = await client.query<{ name: string; count: number }>(EXECUTIONS);
  const { rows } = await client.query<{ bytes: number }>(
    "SELECT pg_database_size(current_database())::float8 AS bytes",
  );
  return {
    at,
    cpu,
    executions: new Map(executions.map(({ name, count }) => [name, count])),
    databaseBytes: rows[0]?.bytes ?? 0,
    requests: sumRequests(countsFolder),
  };
};

/** What each name's value grew by; names that are new began at 0. */
export const growthOf = (before: ByProcess<number>, after: ByProcess<number>): ByProcess<number> =>
  new Map([...after].map(([name, value]) => [name, Math.max(0, value - (before.get(name) ?? 0))]));

export const sumOf = (values: ByProcess<number>): number => [...values.values()].reduce((sum, value) => sum + value, 0);
