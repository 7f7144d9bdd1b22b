import { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "./generated/client";

export type Database = PrismaClient;
/** What a transaction's work is given: the same verbs, inside it. */
export type Transaction = Prisma.TransactionClient;

/** For work that may wait its turn on a busy database. */
const STATEMENT_MS = 30_000;
/** The server ends a statement at its deadline; a server that is stuck is given up so much later. */
const GIVE_UP_AFTER_MS = 3000;
/** Unused connections are closed before their silence could be taken for a hung answer. */
const IDLE_MS_MAX = 10_000;
const CONNECT_MS = { min: 5000, max: 20_000 };

/** Sessions of ours end by themselves when they hang, and cannot hold a lock for long. */
const sessionSettings = (statementMs: number): string =>
  `-c statement_timeout=${statementMs} -c lock_timeout=${Math.min(10_000, statementMs)} ` +
  "-c idle_in_transaction_session_timeout=30000";

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

export type DatabaseOptions = {
  readonly url: string;
  readonly poolMax?: number;
  /** How long a statement may take, ms; 30 s by default. A database that is stuck is given up 3 s later. */
  readonly statementMs?: number;
  /**
   * Whether the server may keep our statements prepared, which saves their planning. Only on connections of our own:
   * a pooler in transaction mode hands them to others.
   */
  readonly keepsPrepared?: boolean;
  /** Told when an idle connection breaks, as it does when PostgreSQL restarts; the pool makes another. */
  readonly onConnectionError?: (error: Error) => void;
};

/** Statements kept prepared per connection; lists of changing length would otherwise add more without end. */
const PREPARED_MAX = 400;

/** A stable name per text of a statement; "" leaves it unnamed, and so unprepared. */
const createStatementNames = (): ((query: { readonly sql: string }) => string) => {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= PREPARED_MAX) return "";
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
};

/** One Prisma client and its pool. The caller ends it with `$disconnect()`. */
export const createDatabase = ({
  url,
  poolMax = 10,
  statementMs = STATEMENT_MS,
  keepsPrepared = false,
  onConnectionError = () => undefined,
}: DatabaseOptions): Database => {
  const config = {
    connectionString: url,
    max: poolMax,
    options: sessionSettings(statementMs),
    keepAlive: true,
    idleTimeoutMillis: Math.min(IDLE_MS_MAX, statementMs),
    connectionTimeoutMillis: Math.max(CONNECT_MS.min, Math.min(CONNECT_MS.max, statementMs)),
    stream: openSocket(statementMs + GIVE_UP_AFTER_MS),
  };
  // Without these listeners an ended idle connection would end the process.
  const adapter = new PrismaPg(config, {
    onPoolError: onConnectionError,
    onConnectionError,
    ...(keepsPrepared && { statementNameGenerator: createStatementNames() }),
  });
  // Else each message begins with the file that asked, its path and the lines around.
  return new PrismaClient({ adapter, errorFormat: "minimal" });
};
