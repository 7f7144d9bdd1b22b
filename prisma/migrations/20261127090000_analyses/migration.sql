-- What a mode reads in a market is stored once for all bots that ask the same; a decision refers to it.
CREATE TABLE analyses (
  id            uuid NOT NULL,
  market_id     integer NOT NULL,
  mode          text NOT NULL,
  question_hash text NOT NULL,
  closed_by     timestamptz(3) NOT NULL,
  content       jsonb NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT analyses_pkey PRIMARY KEY (id)
);

-- What was stored for each bot stays readable as an analysis of its own, which nobody asks for again.
INSERT INTO analyses (id, market_id, mode, question_hash, closed_by, content, created_at)
SELECT s.id, s.market_id, s.mode, encode(sha256(convert_to(s.id::text, 'UTF8')), 'hex'), c.slot,
  jsonb_build_object(
    'candle', (SELECT floor(extract(epoch FROM d.decided_candle) * 1000)::bigint FROM decisions d WHERE d.signal_id = s.id LIMIT 1),
    'scores', CASE WHEN s.long_score IS NOT NULL AND s.short_score IS NOT NULL
      THEN jsonb_build_object('long', s.long_score, 'short', s.short_score) END,
    'evidence', s.evidence,
    'readings', NULL),
  s.created_at
FROM signals s JOIN cycles c ON c.id = s.cycle_id;

ALTER TABLE decisions DROP CONSTRAINT decisions_signal_id_fkey;
ALTER TABLE decisions RENAME COLUMN signal_id TO analysis_id;
ALTER INDEX decisions_signal_id_idx RENAME TO decisions_analysis_id_idx;
-- All that an earlier decision was made by is in its analysis.
ALTER TABLE decisions ADD COLUMN evidence jsonb DEFAULT '[]';
ALTER TABLE decisions ALTER COLUMN evidence DROP DEFAULT;
DROP TABLE signals;

CREATE UNIQUE INDEX analyses_market_id_mode_question_hash_closed_by_key
  ON analyses (market_id, mode, question_hash, closed_by);
-- Housekeeping drops old ones by their market's venue.
CREATE INDEX analyses_market_id_closed_by_idx ON analyses (market_id, closed_by);
ALTER TABLE analyses ADD CONSTRAINT analyses_market_id_fkey
  FOREIGN KEY (market_id) REFERENCES markets (id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE decisions ADD CONSTRAINT decisions_analysis_id_fkey
  FOREIGN KEY (analysis_id) REFERENCES analyses (id) ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE analyses ADD CONSTRAINT analyses_question_is_a_hash CHECK (question_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE analyses ADD CONSTRAINT analyses_content_size CHECK (octet_length(content::text) <= 8192);
ALTER TABLE decisions ADD CONSTRAINT decisions_evidence_size
  CHECK (evidence IS NULL OR octet_length(evidence::text) <= 8192);
