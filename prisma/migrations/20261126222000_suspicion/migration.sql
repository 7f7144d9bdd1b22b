-- One failed look at a venue is a suspicion; only where the next one fails too is it an outage, since this moment.
ALTER TABLE "venue_health" ADD COLUMN "suspected_at" TIMESTAMPTZ(3);
ALTER TABLE venue_health ADD CONSTRAINT venue_health_suspicion CHECK (suspected_at <= checked_at);
