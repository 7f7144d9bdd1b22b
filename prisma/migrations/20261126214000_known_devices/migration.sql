-- CreateTable
CREATE TABLE "known_devices" (
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_devices_pkey" PRIMARY KEY ("user_id","token_hash")
);

-- AddForeignKey
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only a hash may be stored: a cookie's own value is not 64 hex digits.
ALTER TABLE known_devices ADD CONSTRAINT known_devices_token_is_a_hash CHECK (token_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE known_devices ADD CONSTRAINT known_devices_times CHECK (last_used_at >= created_at);

-- Whoever archives a user or takes that back, by whatever statement: what was open before is over for good.
CREATE FUNCTION end_sessions_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET revoked_at = now() WHERE user_id = NEW.id AND revoked_at IS NULL;
  DELETE FROM known_devices WHERE user_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER users_archived_end_sessions AFTER UPDATE OF archived_at ON users
  FOR EACH ROW WHEN (OLD.archived_at IS DISTINCT FROM NEW.archived_at) EXECUTE FUNCTION end_sessions_of_user();
-- Users who are archived already.
UPDATE sessions SET revoked_at = now()
  WHERE revoked_at IS NULL AND user_id IN (SELECT id FROM users WHERE archived_at IS NOT NULL);
