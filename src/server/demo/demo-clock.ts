import pg from "pg";
import { CLOCK_AHEAD_MS } from "../venues/venue-time";

type DemoClock = {
  /** Starts market time: call it once bots can trade, so that no market time passes before. */
  run(): Promise<void>;
  /** Stops writing. `release`: nothing uses the clock, so the market resumes at its present time. */
  stop(release: boolean): Promise<void>;
};

export type OpenClock = DemoClock & { readonly marketTime: number; readonly speed: number };

type ClockOptions = {
  readonly databaseUrl: string;
  readonly venueId: string;
  /** Null: the speed set on the page, else the default. */
  readonly speed: number | null;
  readonly onTrouble: (message: string) => void;
};

const WRITE_EVERY_MS = 1000;

/** From the start's end to the market's first move: its first slots are planned before they come. */
const OPENING_NOTICE_MS = 3000;

/** Default market seconds per second. */
const SPEED_DEFAULT = 720;

/** Never before a slot that was already worked on, even if a hung writer left the high water mark behind it. */
const ANCHOR = `
  UPDATE venue_clocks k SET anchor_wall = $2::timestamptz, previous_speed = 0, anchor_market = r.resume,
    speed = CASE WHEN $5 THEN r.speed ELSE 0 END,
    high_water = r.resume + CASE WHEN $5 THEN $4 * interval '1 millisecond' * r.speed ELSE interval '0' END
  FROM (SELECT coalesce($3::int, c.chosen_speed, ${SPEED_DEFAULT}) AS speed, greatest(c.high_water, v.opened_at,
      (SELECT max(y.slot) FROM cycles y JOIN bots b ON b.id = y.bot_id JOIN accounts a ON a.id = b.account_id
        WHERE a.venue_id = $1 AND y.status <> 'due' AND y.skip_reason IS DISTINCT FROM 'missed')) AS resume
    FROM venue_clocks c JOIN venues v ON v.id = c.venue_id WHERE c.venue_id = $1) r
  WHERE k.venue_id = $1 RETURNING k.anchor_market AS "marketTime", r.speed`;

const RAISE = `
  UPDATE venue_clocks k SET
    high_water = greatest(high_water, venue_time(k, $2::timestamptz + $3 * interval '1 millisecond'))
  WHERE venue_id = $1`;

const RELEASE = `
  UPDATE venue_clocks k SET anchor_wall = $2::timestamptz, anchor_market = venue_time(k, $2::timestamptz),
    high_water = venue_time(k, $2::timestamptz), speed = 0, previous_speed = 0
  WHERE venue_id = $1`;

/**
 * Takes up a demo venue's clock where the market stopped, standing still until it is told to run, and keeps its high
 * water mark five seconds ahead: market time stands still while the product is down and never runs back. Returns also
 * the market time, ms, and the speed at which it will run.
 */
export const openDemoClock = async (options: ClockOptions): Promise<OpenClock> => {
  const { databaseUrl, venueId, speed, onTrouble } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: CLOCK_AHEAD_MS });
  pool.on("error", () => undefined);
  const anchor = (isRunning: boolean) => {
    const wall = new Date(Date.now() + (isRunning ? OPENING_NOTICE_MS : 0));
    return pool.query<{ marketTime: Date; speed: number }>(ANCHOR, [venueId, wall, speed, CLOCK_AHEAD_MS, isRunning]);
  };
  const { rows } = await anchor(false);
  if (!rows[0]) throw new Error(`the demo venue ${venueId} has no clock`);
  let writing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    writing = writing
      .then(() => pool.query(RAISE, [venueId, new Date(), CLOCK_AHEAD_MS]))
      .catch((error: unknown) => onTrouble(`the market's clock could not be written: ${String(error)}`));
  }, WRITE_EVERY_MS);
  const stop = async (release: boolean): Promise<void> => {
    clearInterval(timer);
    await writing;
    if (release) await pool.query(RELEASE, [venueId, new Date()]).catch(() => undefined);
    await pool.end();
  };
  const run = async (): Promise<void> => void (await anchor(true));
  return { run, stop, marketTime: rows[0].marketTime.getTime(), speed: rows[0].speed };
};
