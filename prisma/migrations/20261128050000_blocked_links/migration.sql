-- As before; links that were mailed before are over too, so that none of them counts again once a user is let in.
-- Wall times are those of the application, whose clock may be ahead of the database's.
CREATE OR REPLACE FUNCTION end_sessions_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET revoked_at = now() WHERE user_id = NEW.id AND revoked_at IS NULL;
  DELETE FROM known_devices WHERE user_id = NEW.id;
  UPDATE one_time_tokens SET used_at = greatest(now(), created_at) WHERE user_id = NEW.id AND used_at IS NULL;
  RETURN NULL;
END
$$;
