/** The sample's call as it is before it ends, of a provider as SQL. */
const underWayOf = (
  provider: string,
): string => `INSERT INTO model_calls (id, user_id, bot_id, cycle_id, slot, attempt, provider, model, place, frame_version,
    prompt_hash, prompt, facts, reserve, asked_at, ends_by)
  SELECT gen_random_uuid(), user_id, bot_id, cycle_id, slot, 2, ${provider}, model, place, frame_version,
    repeat('f', 64), prompt, facts, reserve, asked_at, ends_by FROM model_calls`;
const UNDER_WAY = underWayOf("provider");
const ITS = "WHERE state = 'reserved'";

/** What the triggers on calls of models refuse and accept. */
export const MODEL_TRIGGERS = {
  model_calls_end_once: {
    refused: {
      "to end twice": "UPDATE model_calls SET answered_at = answered_at",
      "another reply": "UPDATE model_calls SET raw = '{}'",
      "to be lost once it was answered": `UPDATE model_calls SET state = 'lost', cost = reserve, fault = 'lost-time', reason = 'late',
        raw = NULL, served_model = NULL`,
      "to be changed while it is under way": `${UNDER_WAY}; UPDATE model_calls SET request_id = 'req_2' ${ITS}`,
      "another prompt": `${UNDER_WAY}; UPDATE model_calls SET state = 'lost', cost = reserve, fault = 'lost-time', reason = 'late',
        answered_at = asked_at, prompt = '{}' ${ITS}`,
      "another reserve": `${UNDER_WAY}; UPDATE model_calls SET state = 'lost', cost = 0, reserve = 0, fault = 'lost-time', reason = 'late',
        answered_at = asked_at ${ITS}`,
    },
    accepted: {
      "to be lost": `${UNDER_WAY}; UPDATE model_calls SET state = 'lost', cost = reserve, fault = 'lost-time', reason = 'late',
        answered_at = asked_at ${ITS}`,
      "to be answered": `${UNDER_WAY}; UPDATE model_calls SET state = 'replied', cost = 0.01, raw = '{}', served_model = 'm',
        answered_at = asked_at ${ITS}`,
    },
    says: /^model call [0-9a-f-]+ (is (replied|reserved) and cannot become (replied|lost|reserved)|was asked and cannot become another)$/,
  },
  model_calls_kept: {
    refused: { "emptying the table": "TRUNCATE model_calls" },
    accepted: { "reading it": "SELECT 1 FROM model_calls" },
    says: /^model_calls is append-only: TRUNCATE is refused$/,
  },
  model_calls_paid_kept: {
    refused: {
      "that one goes that may be paid": `${underWayOf("'anthropic'")}; DELETE FROM model_calls WHERE provider = 'anthropic'`,
      "that one goes that is under way": `${UNDER_WAY}; DELETE FROM model_calls ${ITS}`,
    },
    accepted: { "that one goes which a script answered": "DELETE FROM model_calls WHERE provider = 'scripted'" },
    says: /^model call [0-9a-f-]+ of (anthropic|scripted) is kept$/,
  },
} as const;
