import { PrismaPg } from "@prisma/adapter-pg";
import { connectionSettings, type ConnectionOptions } from "./connection-settings";
import { PrismaClient, type Prisma } from "./generated/client";
import { openPool } from "./open-pool";

export type Database = PrismaClient;
/** What a transaction's work is given: the same verbs, inside it. */
export type Transaction = Prisma.TransactionClient;

export type DatabaseOptions = ConnectionOptions & {
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
/** Compiled queries that a client keeps, some 20 KB each. */
const PLANS_MAX = 200;

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
  keepsPrepared = false,
  onConnectionError = () => undefined,
  ...connection
}: DatabaseOptions): Database => {
  // A pool of ours: Prisma's listens to no connection that it gives up or is about to take.
  const adapter = new PrismaPg(openPool(connectionSettings(connection)), {
    disposeExternalPool: true,
    onPoolError: onConnectionError,
    onConnectionError,
    ...(keepsPrepared && { statementNameGenerator: createStatementNames() }),
  });
  // Else each message begins with the file that asked, its path and the lines around.
  return new PrismaClient({ adapter, errorFormat: "minimal", queryPlanCacheMaxSize: PLANS_MAX });
};
