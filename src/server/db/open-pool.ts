import pg from "pg";

const ignoreLoss = (): void => undefined;

/**
 * A pool whose connections may be lost at any moment: what is under way on one rejects, and the next call opens another.
 * An `error` event that nobody hears would end the process, and a connection in use is heard by no pool.
 */
export const openPool = (settings: pg.PoolConfig): pg.Pool => {
  const pool = new pg.Pool(settings);
  pool.on("error", ignoreLoss);
  pool.on("connect", (connection) => connection.on("error", ignoreLoss));
  return pool;
};
