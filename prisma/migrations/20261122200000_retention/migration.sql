-- Deleting a signal or a decision looks for who names it: without these indexes by reading the whole table, per row.
CREATE INDEX "decisions_signal_id_idx" ON "decisions"("signal_id");

-- CreateIndex
CREATE INDEX "order_intents_decision_id_idx" ON "order_intents"("decision_id");
