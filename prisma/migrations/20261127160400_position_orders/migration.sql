-- What was ordered for a position is found by it, however many orders its bot has had.
CREATE INDEX order_intents_position_id_idx ON order_intents (position_id);
