import { Socket } from "node:net";
import type pg from "pg";

/** For work that may wait its turn on a busy database. */
const STATEMENT_MS = 30_000;
/** The server ends a statement at its deadline; a server that is stuck is given up so much later. */
const GIVE_UP_AFTER_MS = 3000;
/** Unused connections are closed before their silence could be taken for a hung answer. */
const IDLE_MS_MAX = 10_000;
const CONNECT_MS = { min: 5000, max: 20_000 };

/**
 * Sessions of ours end by themselves when they hang, and cannot hold a lock for long. They keep UTC, whatever the server
 * does: Prisma's adapter reads a time without its zone.
 */
const sessionSettings = (statementMs: number): string =>
  `-c statement_timeout=${statementMs} -c lock_timeout=${Math.min(10_000, statementMs)} ` +
  "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC";

/**
 * A socket that breaks when the server says nothing for so long. A timeout of the query alone would leave its
 * connection in the pool, perhaps in an open transaction.
 */
const openSocket = (silentMs: number) => (): Socket => {
  const socket = new Socket();
  socket.setTimeout(silentMs, () => {
    socket.destroy(new Error(`The database did not answer within ${Math.round(silentMs / 1000)} s.`));
  });
  return socket;
};

export type ConnectionOptions = {
  readonly url: string;
  readonly poolMax?: number;
  /** How long a statement may take, ms; 30 s by default. A database that is stuck is given up 3 s later. */
  readonly statementMs?: number;
};

/** How every pool of ours connects. */
export const connectionSettings = ({ url, poolMax = 10, statementMs = STATEMENT_MS }: ConnectionOptions) =>
  ({
    connectionString: url,
    max: poolMax,
    options: sessionSettings(statementMs),
    keepAlive: true,
    idleTimeoutMillis: Math.min(IDLE_MS_MAX, statementMs),
    connectionTimeoutMillis: Math.max(CONNECT_MS.min, Math.min(CONNECT_MS.max, statementMs)),
    stream: openSocket(statementMs + GIVE_UP_AFTER_MS),
  }) satisfies pg.PoolConfig;
