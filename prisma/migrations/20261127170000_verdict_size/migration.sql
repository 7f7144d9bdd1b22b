-- How an entry's size came about, before any limit cut it. Verdicts from before do not say it.
ALTER TABLE verdicts ADD COLUMN size JSONB;
