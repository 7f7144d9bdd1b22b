import { DAY_MS } from "~/trading/market/duration";
import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";
import { thinAnalyses } from "./thin-analyses";
import { thinCandles } from "./thin-candles";
import { thinCycles } from "./thin-cycles";
import { thinScriptedCalls } from "./thin-scripted-calls";
import { thinSnapshots } from "./thin-snapshots";
import { readVenueTimes } from "./venue-times";

const LIVE_EVENT_DAYS = 2;
/** Ended sessions are kept this long, to show who was signed in. Expired counters of tries are of no use. */
const SESSION_DAYS = 30;
/** Checks of the books that found nothing; what one found stays for ever. */
const CHECK_DAYS = 30;
/** What a day of the scripted model costs is told from its calls. */
const SCRIPTED_CALL_DAYS = 1;

const dropLiveEvents = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM live_events WHERE (user_id, number) IN
    (SELECT user_id, number FROM live_events WHERE created_at < ${before} ORDER BY created_at LIMIT ${BATCH})`;

const dropSessions = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${BATCH})`;

const dropRateLimits = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM rate_limits WHERE key IN
    (SELECT key FROM rate_limits WHERE expire < ${before.getTime()} ORDER BY expire LIMIT ${BATCH})`;

/** Mailed links that are too old, used or not. */
const dropTokens = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM one_time_tokens WHERE token_hash IN
    (SELECT token_hash FROM one_time_tokens WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${BATCH})`;

const dropChecks = ({ db }: Pick<Ports, "db">, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM invariant_checks WHERE broken = '[]' AND (bot_id, at) IN (SELECT bot_id, at FROM invariant_checks
    WHERE broken = '[]' AND created_at < ${before} ORDER BY created_at LIMIT ${BATCH})`;

/** What a run took away of what is stamped in venue time, in rows. */
export type ThinnedMarketRecords = Record<"cycles" | "analyses" | "snapshots" | "candles", number>;

/**
 * Keeps records in venue time within bounds (TRADING 9), counted in venue time: a demo at 720 times wall speed makes
 * two years of records per day. Trades, orders, fills, refusals and the ledger are kept forever.
 */
export const thinMarketRecords = async (ports: Pick<Ports, "db" | "wallNow">): Promise<ThinnedMarketRecords> => {
  const venues = await readVenueTimes(ports);
  return {
    cycles: await thinCycles(ports, venues),
    // After the decisions that went with their cycles.
    analyses: await thinAnalyses(ports, venues),
    snapshots: await thinSnapshots(ports, venues),
    candles: await thinCandles(ports, venues),
  };
};

/** How many rows of records in wall time a run dropped. */
export type ThinnedWallRecords = Record<
  "liveEvents" | "sessions" | "tokens" | "rateLimits" | "checks" | "scriptedCalls",
  number
>;

/**
 * Keeps live events, sessions, mailed links, rate limits, checks of the books and cycles that asked the scripted model for
 * nothing within bounds, counted in wall time.
 */
export const thinWallRecords = async (ports: Pick<Ports, "db" | "wallNow">): Promise<ThinnedWallRecords> => {
  const daysAgo = (days: number): Date => new Date(ports.wallNow() - days * DAY_MS);
  return {
    liveEvents: await inBatches(() => dropLiveEvents(ports, daysAgo(LIVE_EVENT_DAYS))),
    sessions: await inBatches(() => dropSessions(ports, daysAgo(SESSION_DAYS))),
    tokens: await inBatches(() => dropTokens(ports, daysAgo(1))),
    rateLimits: await inBatches(() => dropRateLimits(ports, daysAgo(1))),
    checks: await inBatches(() => dropChecks(ports, daysAgo(CHECK_DAYS))),
    scriptedCalls: await inBatches(() => thinScriptedCalls(ports, daysAgo(SCRIPTED_CALL_DAYS))),
  };
};
