-- An alert of something that lasts ends with its cause; one of something that happened has no end.
ALTER TABLE "alerts" ADD COLUMN "ended_at" TIMESTAMPTZ(3);

ALTER TABLE alerts ADD CONSTRAINT alerts_end_after_start CHECK (ended_at >= created_at);

-- What lasts is told once a user and kind while it lasts.
CREATE UNIQUE INDEX alerts_one_stoppage ON alerts (user_id, kind) WHERE ended_at IS NULL AND kind LIKE 'stopped-%';
