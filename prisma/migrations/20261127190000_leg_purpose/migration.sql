-- An order for a leg of an entry: decided, judged and counted with the entry, and filled later. Used from the next
-- migration on: a new value of a type can be used only after the transaction that adds it.
ALTER TYPE "OrderPurpose" ADD VALUE 'leg' AFTER 'entry';
