-- Why a bot is stopped: by somebody, or because its market is not running. Until now the newest activity said so.
CREATE TYPE "StopReason" AS ENUM ('user', 'market-not-running');
ALTER TABLE bots ADD COLUMN stopped_reason "StopReason";
UPDATE bots b SET stopped_reason = CASE
  WHEN (SELECT a.kind FROM activities a WHERE a.bot_id = b.id ORDER BY a.created_at DESC LIMIT 1) = 'market-not-running'
  THEN 'market-not-running'::"StopReason" ELSE 'user' END
  WHERE b.status = 'stopped';
ALTER TABLE bots ADD CONSTRAINT bots_stopped_reason CHECK ((status = 'stopped') = (stopped_reason IS NOT NULL));
