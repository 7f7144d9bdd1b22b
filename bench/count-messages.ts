import pg from "pg";

/** Counts every message of this process to PostgreSQL from here on, whoever sends it. */
export const countMessages = (): (() => number) => {
  let count = 0;
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function counted(this: unknown, ...args: unknown[]) {
    count += 1;
    return send.apply(this, args);
  } as typeof pg.Client.prototype.query;
  return () => count;
};
