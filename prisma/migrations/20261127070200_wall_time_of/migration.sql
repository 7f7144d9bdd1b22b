-- The wall time at which a venue's clock shows a market time; null while it is paused before that. The inverse of
-- venue_time, and the same as wallTimeOf in src/trading.
CREATE FUNCTION wall_time_of(clock venue_clocks, market timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN speed <> 0
    THEN clock.anchor_wall
      + ceil(extract(epoch FROM market - clock.anchor_market) * 1000 / speed)::float8 * interval '1 millisecond'
    WHEN market <= clock.anchor_market THEN clock.anchor_wall END
  FROM (SELECT CASE WHEN market <= clock.anchor_market THEN coalesce(clock.previous_speed, clock.speed)
    ELSE clock.speed END AS speed) s
$$;
