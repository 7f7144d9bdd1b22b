-- CreateEnum
CREATE TYPE "VenueState" AS ENUM ('ok', 'unreachable', 'maintenance');

-- CreateTable
CREATE TABLE "venue_health" (
    "venue_id" UUID NOT NULL,
    "state" "VenueState" NOT NULL,
    "message" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "latency_ms" INTEGER,

    CONSTRAINT "venue_health_pkey" PRIMARY KEY ("venue_id")
);

-- AddForeignKey
ALTER TABLE "venue_health" ADD CONSTRAINT "venue_health_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is not well says why.
ALTER TABLE venue_health ADD CONSTRAINT venue_health_says_why CHECK (state = 'ok' OR message IS NOT NULL);
ALTER TABLE venue_health ADD CONSTRAINT venue_health_message_size CHECK (char_length(message) BETWEEN 1 AND 300);
ALTER TABLE venue_health ADD CONSTRAINT venue_health_times CHECK (checked_at >= since);
ALTER TABLE venue_health ADD CONSTRAINT venue_health_latency CHECK (latency_ms >= 0);
