-- When the user of a session last proved by the password who it is. None: not since this is kept.
ALTER TABLE sessions ADD COLUMN confirmed_at TIMESTAMPTZ(3);
ALTER TABLE sessions ADD CONSTRAINT sessions_confirmed CHECK (confirmed_at >= created_at);

-- An invitation that was taken back before anybody used it.
ALTER TABLE invites ADD COLUMN revoked_at TIMESTAMPTZ(3);
ALTER TABLE invites ADD CONSTRAINT invites_revoked CHECK (revoked_at IS NULL OR (revoked_at >= created_at AND used_at IS NULL));

-- Users are listed by pages, newest first.
CREATE INDEX users_created_at_id_idx ON users (created_at, id);
