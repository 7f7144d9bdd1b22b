-- A cycle that failed before its verdicts goes back to due: how often it did, and when it is tried again.
ALTER TABLE "cycles" ADD COLUMN "retries" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "cycles" ADD COLUMN "retry_at" TIMESTAMPTZ(3);
ALTER TABLE cycles ADD CONSTRAINT cycles_retries CHECK (retries >= 0);
