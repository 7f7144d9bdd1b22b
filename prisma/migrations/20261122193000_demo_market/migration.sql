-- Market time at which a demo venue opened: what is stamped before it was lived by its bots before anybody watched.
ALTER TABLE "venues" ADD COLUMN "opened_at" TIMESTAMPTZ(3);

-- The last sign of life of each process beside the web server.
CREATE TABLE "process_heartbeats" (
    "name" TEXT NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "process_heartbeats_pkey" PRIMARY KEY ("name")
);
