import pg from "pg";
import type { DemoSource } from "../../scripts/start/demo-source";
import { createPaperBot } from "../../src/server/bots/create-paper-bot";
import { DEMO_EMAIL } from "../../src/server/venues/speed-rights";
import type { Runtime } from "../../src/server/runtime";
import { decimal } from "../../src/trading/money";
import { THREE_PAIRS_ENTERING } from "./bot-kinds";
import { createStepped, withSteppedProduct } from "./live-originals";
import { INTERVAL_MS } from "./plan-closes";

/** Null where no such slot came about. */
export type RoundTrips = { readonly perRun: number | null; readonly perMark: number | null };

type Counting = {
  readonly url: string;
  readonly ownerUrl: string;
  readonly source: DemoSource;
  /** Messages of this process to PostgreSQL so far. */
  readonly messages: () => number;
  /** Market time, ms: a slot after everything that was planned. */
  readonly firstSlot: number;
};

const QUIET_MAX = 500;
const ENTERING = 50;
const AROUND_MS = 60_000;

const RESET = [
  "DELETE FROM cycles WHERE status = 'due'",
  "TRUNCATE runner.events, runner.runs, runner.steps, runner.jobs, runner.cancel_keys, runner.cron_slots",
  "UPDATE bots SET status = 'stopped', stopped_reason = 'user', next_due = NULL",
];

const findQuiet = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM bots WHERE name NOT LIKE 'entering %' ORDER BY id LIMIT $1",
    [QUIET_MAX],
  );
  return rows.map(({ id }) => id);
};

/** Bots of three pairs that enter one at their next slot; until they may, each is refused. */
const makeEntering = async (runtime: Runtime, venueId: string, startsAt: number): Promise<string[]> => {
  const { id: userId } = await runtime.db.user.findUniqueOrThrow({ where: { email: DEMO_EMAIL } });
  const bot = { userId, venueId, settings: THREE_PAIRS_ENTERING, capital: decimal(10_000), startsAt };
  const made: string[] = [];
  for (let index = 0; index < ENTERING; index += 1) {
    made.push(await createPaperBot(runtime, { ...bot, name: `three pairs ${index}` }));
  }
  return made;
};

const letEnter = (client: pg.Client, ids: readonly string[], state: "active" | "reducing") =>
  client.query('UPDATE bots SET trading_state = $2::"TradingState" WHERE id = ANY($1)', [ids, state]);

/** Nothing but these bots has a slot, and that one. What was planned for others is gone. */
const planOnly = async (client: pg.Client, ids: readonly string[], slot: number): Promise<void> => {
  for (const sql of RESET) await client.query(sql);
  await client.query("UPDATE bots SET status = 'running', stopped_reason = NULL, next_due = $2 WHERE id = ANY($1)", [
    ids,
    new Date(slot),
  ]);
};

const countOrdering = async (client: pg.Client, slot: number): Promise<number> => {
  const sql =
    "SELECT count(DISTINCT bot_id)::int AS count FROM order_intents WHERE intended_at = $1 AND purpose = 'entry'";
  return (await client.query<{ count: number }>(sql, [new Date(slot)])).rows[0]?.count ?? 0;
};

/**
 * Round trips of a slot at which a bot of three pairs enters, and of one at which bots only hold and are marked: those of the
 * product's functions in this process over one slot of such bots alone, with planning, transactions and the runner,
 * less those of a slot of no bot. Spoils the database: nothing is measured after it.
 */
export const countRoundTrips = async ({
  url,
  ownerUrl,
  source,
  messages,
  firstSlot,
}: Counting): Promise<RoundTrips> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const clock = createStepped(Date.now(), firstSlot - AROUND_MS);
  const counted: { perRun: number | null; perMark: number | null } = { perRun: null, perMark: null };
  await withSteppedProduct(
    { databaseUrl: url, source, clock, concurrency: 8 },
    async ({ runtime, venueId, advance }) => {
      let slot = firstSlot;
      const countSlot = async (ids: readonly string[]): Promise<number> => {
        await planOnly(client, [], slot);
        await advance(slot - AROUND_MS);
        await planOnly(client, ids, slot);
        const before = messages();
        await advance(slot + AROUND_MS);
        slot += INTERVAL_MS;
        return messages() - before;
      };
      const quiet = await findQuiet(client);
      const entering = await makeEntering(runtime, venueId, slot);
      // What a process remembers of a bot is read once: by the first slot.
      await letEnter(client, entering, "reducing");
      await countSlot([...quiet, ...entering]);
      const none = await countSlot([]);
      if (quiet.length > 0) counted.perMark = ((await countSlot(quiet)) - none) / quiet.length;
      await letEnter(client, entering, "active");
      const ofEntering = (await countSlot(entering)) - none;
      const ordering = await countOrdering(client, slot - INTERVAL_MS);
      if (ordering > 0) counted.perRun = ofEntering / ordering;
    },
  );
  await client.end();
  return counted;
};
