import type { Changes } from "../../scripts/upgrade/compare-rows";

/** What migrations since the stored dump changed on purpose. All other dumped values must stay the same. */
export const CHANGES: Changes = {
  reworded: {},
  dropped: [],
  moved: {
    "public.model_calls":
      "SELECT c.*, c.state AS outcome, 'USD' AS currency, c.asked_at AS created_at FROM model_calls c",
    "public.decisions": "SELECT d.*, d.analysis_id AS signal_id FROM decisions d",
    "public.signals": `
      SELECT a.id, d.cycle_id, a.market_id, a.mode, (a.content -> 'scores' ->> 'long')::float8 AS long_score,
        (a.content -> 'scores' ->> 'short')::float8 AS short_score,
        nullif(a.content -> 'evidence', 'null') AS evidence, a.created_at
      FROM analyses a JOIN decisions d ON d.analysis_id = a.id AND d.evidence = '[]'`,
  },
};
