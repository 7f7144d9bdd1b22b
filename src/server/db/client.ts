import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "./generated/client";

export type Database = PrismaClient;
/** What a transaction's work is given: the same verbs, inside it. */
export type Transaction = Prisma.TransactionClient;

/** Sessions of ours end by themselves when they hang, and cannot hold a lock for long. */
const SESSION_SETTINGS =
  "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000";

export type DatabaseOptions = {
  readonly url: string;
  readonly poolMax?: number;
  /**
   * Whether the server may keep our statements prepared, which saves their planning. Only on connections of our own:
   * a pooler in transaction mode hands them to others.
   */
  readonly keepsPrepared?: boolean;
  /** Told when an idle connection breaks, as it does when PostgreSQL restarts; the pool makes another. */
  readonly onConnectionError?: (error: Error) => void;
};

/** Statements kept prepared per connection; lists of changing length would otherwise make ever new ones. */
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
  keepsPrepared = false,
  onConnectionError = () => undefined,
}: DatabaseOptions): Database => {
  const config = { connectionString: url, max: poolMax, options: SESSION_SETTINGS, keepAlive: true };
  // Without these listeners an ended idle connection would end the process.
  const adapter = new PrismaPg(config, {
    onPoolError: onConnectionError,
    onConnectionError,
    ...(keepsPrepared && { statementNameGenerator: createStatementNames() }),
  });
  return new PrismaClient({ adapter });
};
