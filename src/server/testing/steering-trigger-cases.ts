import { sampleId as id } from "./sample-id";

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
} as const;
