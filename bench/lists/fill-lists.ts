import pg from "pg";
import { cloneBots, type Original } from "../scale/clone-bots";

/** Bots whose results are equal come in groups of so many: a list sorted by them has ties. */
const TIED = 7;

const withClient = async (ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await work(client);
  } finally {
    await client.end();
  }
};

const NUMBERED = `numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM bots WHERE user_id = $1)`;

/** No two bots of fewer than a thousand did anything at the same moment, nor in the order of their ids. */
const MOVED = `created_at = x.created_at + (n * 37 % 1009) * interval '1 minute' FROM numbered`;

/** Names, states and results that differ, with books whose totals still add up. */
const VARY = [
  `WITH ${NUMBERED} UPDATE bots b SET name = 'bot ' || lpad(n::text, 4, '0'),
    status = (ARRAY['running', 'running', 'paused', 'stopped'])[n % 4 + 1]::"BotStatus",
    stopped_reason = CASE WHEN n % 4 = 3 THEN 'user'::"StopReason" END,
    next_due = CASE WHEN n % 4 = 3 THEN NULL ELSE next_due END FROM numbered WHERE b.id = numbered.id`,
  `WITH ${NUMBERED} UPDATE bot_balances a SET amount = amount + 10 * (n / ${TIED}) FROM numbered
    WHERE a.bot_id = numbered.id AND a.account = 'cash'`,
  `WITH ${NUMBERED} UPDATE trade_totals t SET gross_pnl = gross_pnl + 10 * (n / ${TIED}),
    realized_pnl = realized_pnl + 10 * (n / ${TIED}) FROM numbered WHERE t.bot_id = numbered.id`,
  ...["verdicts", "positions", "trades"].map(
    (table) => `WITH ${NUMBERED} UPDATE ${table} x SET ${MOVED} WHERE x.bot_id = numbered.id`,
  ),
  `WITH ${NUMBERED} UPDATE fills f SET created_at = f.created_at + (n * 37 % 1009) * interval '1 minute'
    FROM numbered JOIN order_intents i ON i.bot_id = numbered.id JOIN orders o ON o.intent_id = i.id WHERE f.order_id = o.id`,
];

/** Makes a user's bot into `count` bots of that user, all with the past of the first. */
export const fillBots = async (ownerUrl: string, original: Omit<Original, "owners">, count: number): Promise<void> => {
  await cloneBots(ownerUrl, [{ ...original, owners: Array.from({ length: count - 1 }, () => original.userId) }]);
  await withClient(ownerUrl, async (client) => {
    for (const sql of VARY) await client.query(sql, [original.userId]);
    await client.query("ANALYZE");
  });
};

const TRADES = [
  `CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id, n, t.* FROM generate_series(1, $2::int) n
    CROSS JOIN (SELECT position_id FROM trades WHERE bot_id = $1 LIMIT 1) t`,
  `INSERT INTO positions SELECT (jsonb_populate_record(p, jsonb_build_object('id', m.id))).*
    FROM made m JOIN positions p ON p.id = m.position_id`,
  `INSERT INTO trades SELECT (jsonb_populate_record(t, jsonb_build_object('position_id', m.id,
      'realized_pnl', m.n % 100 - 50, 'gross_pnl', m.n % 100 - 50 + t.slippage + t.fees - t.funding, 'exited_at', t.exited_at + m.n / 3 * interval '1 minute'))).*
    FROM made m JOIN trades t ON t.position_id = m.position_id`,
];

/** Gives a bot that has traded `count` more trades: three close at one instant, and results repeat. */
export const fillTrades = (ownerUrl: string, botId: string, count: number): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    await client.query(TRADES[0] ?? "", [botId, count]);
    for (const sql of TRADES.slice(1)) await client.query(sql);
    await client.query("ANALYZE");
  });
