-- A user's exports of the last hour are counted by their audit entries.
CREATE INDEX audit_entries_actor_id_action_created_at_idx ON audit_entries (actor_id, action, created_at);
