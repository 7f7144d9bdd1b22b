-- A clock that is set anew changes at `anchor_wall`, a moment ahead; until then it runs at the speed before, so that
-- readers of the old row and of the new one agree. Null: as it runs now.
ALTER TABLE "venue_clocks" ADD COLUMN "previous_speed" INTEGER;
-- The speed that somebody chose, which a restart keeps. Null: nobody chose.
ALTER TABLE "venue_clocks" ADD COLUMN "chosen_speed" INTEGER;
ALTER TABLE venue_clocks ADD CONSTRAINT venue_clocks_previous_speed CHECK (previous_speed BETWEEN 0 AND 3600);
ALTER TABLE venue_clocks ADD CONSTRAINT venue_clocks_chosen_speed CHECK (chosen_speed BETWEEN 0 AND 3600);

-- Market time at a wall time: src/server/venues/venue-time.ts in SQL.
CREATE FUNCTION venue_time(clock venue_clocks, wall timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT clock.anchor_market + (wall - clock.anchor_wall) *
    CASE WHEN wall < clock.anchor_wall THEN coalesce(clock.previous_speed, clock.speed) ELSE clock.speed END
$$;
