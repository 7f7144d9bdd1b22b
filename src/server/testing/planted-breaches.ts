import type { Database } from "../db/client";
import { FIRST_SLOT, HOUR_MS } from "./books-fixture";

/** Writes past triggers and foreign keys, as broken code or a careless hand could. `$bot` stands for the bot's id. */
export const plantInBooks = (owner: Database, botId: string, statement: string) =>
  owner.$transaction([
    owner.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    owner.$executeRawUnsafe(statement.replaceAll("$bot", `'${botId}'::uuid`)),
  ]);

/** The last of the three slots that the breaches are planted after. */
export const LAST = FIRST_SLOT + 2 * HOUR_MS;

const iso = (time: number): string => `'${new Date(time).toISOString()}'`;

/** Of a bot that entered in the first of three cycles: what was written, what must be found, and in which words. */
export const BREACHES: readonly [string, string, RegExp, string][] = [
  [
    "a ledger line that was changed",
    "I1",
    /does not sum to zero/,
    "UPDATE ledger_entries SET amount = amount + 0.00000001 WHERE bot_id = $bot AND account = 'fees'",
  ],
  [
    "margin that no position holds",
    "I1",
    /^margin of positions/,
    "UPDATE positions SET margin = margin - 1 WHERE bot_id = $bot",
  ],
  [
    "an equity point that was embellished",
    "I1",
    /its point says/,
    `UPDATE equity_points SET equity = equity + 1, cash = cash + 1, peak = peak + 1 WHERE bot_id = $bot AND at = ${iso(LAST)}`,
  ],
  [
    "equity that came from nowhere",
    "I2",
    /without a reason/,
    `UPDATE equity_points SET equity = equity - 1, cash = cash - 1 WHERE bot_id = $bot AND at = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "the smallest amount that came from nowhere",
    "I2",
    /moved by 0\.00000001 without a reason/,
    `UPDATE equity_points SET equity = equity - 0.00000001, cash = cash - 0.00000001 WHERE bot_id = $bot AND at = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a position that is larger than its fills",
    "I3",
    /fills say/,
    "UPDATE positions SET quantity = quantity * 2 WHERE bot_id = $bot",
  ],
  [
    "a position whose price is not that of its fills",
    "I3",
    /average price/,
    "UPDATE positions SET entry_price = entry_price + 0.01 WHERE bot_id = $bot",
  ],
  [
    "an order that says less than its fills",
    "I5",
    /disagrees with its fills/,
    "UPDATE orders SET status = 'partiallyFilled', filled_quantity = orders.quantity / 2 FROM order_intents i WHERE i.id = intent_id AND i.bot_id = $bot",
  ],
  [
    "a fill that nobody ordered",
    "I5",
    /disagrees with its fills/,
    "UPDATE fills SET quantity = fills.quantity * 2 FROM positions p WHERE p.id = position_id AND p.bot_id = $bot",
  ],
  [
    "an open position without a stop",
    "I6",
    /no stop/,
    "UPDATE positions SET stop_loss = NULL, take_profit = NULL WHERE bot_id = $bot",
  ],
  [
    "a slot that was lost",
    "I7",
    /are recorded/,
    `DELETE FROM cycles WHERE bot_id = $bot AND slot = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a past slot that never ended",
    "I7",
    /never ended/,
    `UPDATE cycles SET status = 'due', ended_at = NULL WHERE bot_id = $bot AND slot = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a past slot that still runs",
    "I7",
    /never ended/,
    `UPDATE cycles SET status = 'running', ended_at = NULL WHERE bot_id = $bot AND slot = ${iso(LAST - HOUR_MS)}`,
  ],
  [
    "a lease that lags behind its cycles",
    "I8",
    /the lease/,
    "UPDATE bot_leases SET epoch = epoch - 1 WHERE bot_id = $bot",
  ],
  ["two cycles of one epoch", "I8", /used twice/, "UPDATE cycles SET epoch = 1 WHERE bot_id = $bot"],
  [
    "an entry beyond the leverage limit",
    "I9",
    /has leverage/,
    "UPDATE order_intents SET leverage = 9 WHERE bot_id = $bot",
  ],
  [
    "an entry that the gate had refused",
    "I9",
    /was not let pass/,
    "UPDATE verdicts SET outcome = 'rejected', rule = 'spread' FROM decisions d JOIN order_intents i ON i.decision_id = d.id WHERE d.id = verdicts.decision_id AND i.bot_id = $bot",
  ],
  [
    "an entry that passed though a check of it failed",
    "I9",
    /was not let pass/,
    `UPDATE verdicts SET checks = jsonb_set(checks, '{0,outcome}', '"fail"') FROM order_intents i WHERE i.decision_id = verdicts.decision_id AND i.bot_id = $bot`,
  ],
  [
    "a balance that is kept wrong by the last digit",
    "I15",
    /^cash in USDT is kept as /,
    "UPDATE bot_balances SET amount = amount + 0.000000000000000001 WHERE bot_id = $bot AND account = 'cash'",
  ],
  [
    "a balance that is kept no more",
    "I15",
    /^capital in USDT is kept as none, and comes to -10000$/,
    "DELETE FROM bot_balances WHERE bot_id = $bot AND account = 'capital'",
  ],
  [
    "a peak that is kept and no point has",
    "I15",
    /^the peak is kept as /,
    "UPDATE equity_memories SET peak = peak + 1 WHERE bot_id = $bot",
  ],
  [
    "a point that was dropped though the day's low is kept of it",
    "I15",
    /^the (low|start) of the day is kept as /,
    `DELETE FROM equity_points WHERE bot_id = $bot AND at = ${iso(FIRST_SLOT)}`,
  ],
  [
    "totals of trades that nobody made",
    "I15",
    /^trades is kept as 0, and comes to none$/,
    `INSERT INTO trade_totals VALUES ($bot, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ${iso(LAST)})`,
  ],
  [
    "refusals that are not counted",
    "I15",
    /^refusals by [\w-]+ is kept as none, and comes to 2$/,
    "DELETE FROM refusal_counts WHERE bot_id = $bot",
  ],
  [
    "refusals that nobody was refused",
    "I15",
    /^refusals by spread is kept as 1, and comes to none$/,
    "INSERT INTO refusal_counts VALUES ($bot, 'spread', 1)",
  ],
];
