-- Who wrote a version of a bot's settings and from which venue time on slots are due by it: those before are judged by the
-- versions before. Null in force: from the bot's first slot on. `key`: of the form that wrote it, so that a form sent twice
-- writes one version. `restored_from`: the version whose settings were taken up again.
ALTER TABLE bot_settings
  ADD COLUMN in_force_from TIMESTAMPTZ(3),
  ADD COLUMN author_id UUID,
  ADD COLUMN key UUID,
  ADD COLUMN restored_from INTEGER,
  ADD CONSTRAINT bot_settings_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT bot_settings_restored_from CHECK (restored_from >= 1 AND restored_from < version);
CREATE UNIQUE INDEX bot_settings_bot_id_key_key ON bot_settings (bot_id, key);
CREATE INDEX bot_settings_author_id_idx ON bot_settings (author_id);

ALTER TYPE "ActivityKind" ADD VALUE 'settings-changed';
