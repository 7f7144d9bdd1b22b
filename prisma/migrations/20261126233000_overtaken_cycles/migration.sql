-- A due slot ends with the claim of a later one: what earlier versions left open ends here.
UPDATE cycles SET status = 'skipped', skip_reason = 'stale', ended_at = clock_timestamp()
WHERE status = 'due' AND EXISTS (SELECT FROM cycles n
  WHERE n.bot_id = cycles.bot_id AND n.slot > cycles.slot AND n.started_at IS NOT NULL);

-- The control (mode `hold`) holds through any drawdown: one that an earlier version let only close for it is active again.
WITH resumed AS (
  UPDATE bots SET trading_state = 'active' FROM bot_settings s
  WHERE s.bot_id = bots.id AND s.version = bots.settings_version AND s.settings ->> 'mode' = 'hold'
    AND bots.trading_state = 'reducing'
  RETURNING bots.id, bots.user_id
)
INSERT INTO activities (id, user_id, bot_id, kind, text, details, at)
SELECT gen_random_uuid(), user_id, id, 'control-resumed', 'May trade again: a control holds through any drawdown', '{}', clock_timestamp()
FROM resumed;
