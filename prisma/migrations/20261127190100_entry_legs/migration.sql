-- Legs of an entry that are entered later, as they were judged; null: it has none.
ALTER TABLE order_intents ADD COLUMN legs jsonb;
ALTER TABLE order_intents ADD CONSTRAINT order_intents_legs
  CHECK (legs IS NULL OR (purpose = 'entry' AND jsonb_typeof(legs) = 'array'));
-- A leg enters, and names its position as what closes it does.
ALTER TABLE order_intents DROP CONSTRAINT order_intents_side;
ALTER TABLE order_intents ADD CONSTRAINT order_intents_side
  CHECK ((purpose IN ('entry', 'leg')) = ((side = 'buy') = (position_side = 'long')) OR purpose = 'manual');
