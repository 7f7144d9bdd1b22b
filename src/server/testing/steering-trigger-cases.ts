import { sampleId as id } from "./sample-id";

/** The sample's cycle run by settings that ask its trader. */
const ASKING = `INSERT INTO bot_settings (bot_id, version, settings) VALUES ('${id("bot", 1)}', 2, '{"approval": {"minutes": 5}}');
  UPDATE cycles SET settings_version = 2 WHERE id = '${id("cycle", 1)}'`;
const ENTRY = `INSERT INTO order_intents (id, bot_id, cycle_id, market_id, client_order_id, purpose, kind, side, position_side,
    quantity, leverage, stop_loss, take_profit, intended_at, decision_id, decided_candle)
  VALUES (gen_random_uuid(), '${id("bot", 1)}', '${id("cycle", 1)}', 3, md5(random()::text), 'entry', 'market', 'buy', 'long', 1, 1, 90, 120, now(),
    '${id("decision", 1)}', '2020-01-01T00:00Z')`;

/** What the triggers on commands, and on what ends them, refuse and accept. */
export const STEERING_TRIGGERS = {
  commands_go_on: {
    refused: {
      "to be asked again": "UPDATE commands SET state = 'asked', taken_at = NULL, effective_at = NULL",
      "another kind": "UPDATE commands SET kind = 'stop'",
      "other details": `UPDATE commands SET details = '{"level": "1"}'`,
      "another bot": `UPDATE commands SET bot_id = '${id("bot", 2)}'`,
      "to go on once it is done": `UPDATE commands SET state = 'done', ended_at = now();
        UPDATE commands SET state = 'taken', ended_at = NULL`,
      "to be done once it is refused": `UPDATE commands SET state = 'refused', reason = 'late', ended_at = now();
        UPDATE commands SET state = 'done', reason = NULL`,
    },
    accepted: {
      "to be done": "UPDATE commands SET state = 'done', ended_at = now()",
      "to be refused": "UPDATE commands SET state = 'refused', reason = 'late', ended_at = now()",
    },
    says: /^command [0-9a-f-]+ is (taken|done|refused) and cannot become (taken|asked|done)$/,
  },
  // Refuses nothing: it ends commands, as steering/told-bots.db.test.ts shows.
  positions_end_commands: {
    refused: {},
    accepted: { "an update of a position that is told nothing": "UPDATE positions SET mark = mark" },
    says: /^$/,
  },
  // Refuses nothing: it ends commands, as steering/started-runs.db.test.ts shows.
  cycles_end_command: {
    refused: {},
    accepted: { "the end of a cycle that its slot started": "UPDATE cycles SET status = 'done', ended_at = now()" },
    says: /^$/,
  },
  proposals_go_on: {
    refused: {
      "to be proposed again": "UPDATE proposals SET state = 'proposed', command_id = NULL, ended_at = NULL",
      "to end twice": "UPDATE proposals SET state = 'expired', reason = 'late'",
      "another price": "UPDATE proposals SET reference_price = 100.5",
    },
    accepted: { "nothing of it": "UPDATE proposals SET state = 'declined' WHERE false" },
    says: /^proposal [0-9a-f-]+ is declined and cannot become (proposed|expired|declined)$/,
  },
  // Refuses nothing: it ends the one before, as steering/proposals.db.test.ts shows.
  proposals_replace: { refused: {}, accepted: { "a read": "SELECT 1 FROM proposals" }, says: /^$/ },
  // These refuse nothing: they tell, as steering/told-proposals.db.test.ts shows.
  proposals_tell_new: { refused: {}, accepted: { "a read": "SELECT 1 FROM proposals" }, says: /^$/ },
  proposals_tell_end: { refused: {}, accepted: { "a read": "SELECT 1 FROM proposals" }, says: /^$/ },
  bots_expire_proposals: { refused: {}, accepted: { "a pause": "UPDATE bots SET status = 'paused'" }, says: /^$/ },
  order_intents_approved: {
    refused: {
      "an entry that nobody accepted": `${ASKING}; ${ENTRY}`,
      "one whose proposal was declined": `${ASKING}; UPDATE cycles SET command_id = '${id("command", 1)}' WHERE id = '${id("cycle", 1)}'; ${ENTRY}`,
    },
    accepted: {
      "an exit": `${ASKING}; ${ENTRY.replace("'entry'", "'manual'")}`,
      "an entry of a bot that asks nobody": ENTRY,
    },
    says: /^an entry of bot [0-9a-f-]+ that its trader did not accept$/,
  },
} as const;
