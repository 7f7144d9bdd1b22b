import { NOTHING_MOVED } from "~/trading/cycle/model-gate";
import { plainText } from "~/trading/decision/asking/quote-text";
import type { ModelFault } from "~/trading/model/model-fault";
import type { Ports } from "../../ports";

/** An answer came, and nothing of it could be used. */
const UNUSABLE = "no-answer";
/** What stays so until somebody does something, or another day begins: codes of decisions, and faults of calls. */
const LASTING = new Set([
  "over-budget",
  "no-consent",
  "no-time",
  "model-unknown",
  "model-no-price",
  "model-no-key",
  "model-no-address",
]);
const LASTING_FAULTS: ReadonlySet<string> = new Set<ModelFault>([
  "refused-address",
  "refused-key",
  "refused-forbidden",
  "refused-credit",
  "refused-not-found",
  "refused-request",
  "lost-key-shown",
]);
/** It may be what a vendor said. */
const TEXT_MAX = 400;

/** Why a bot's last cycle got no answer of its model. `isLasting`: the next one will get none either. */
export type Held = { readonly text: string; readonly isLasting: boolean };

type Row = { readonly id: string; readonly code: string; readonly text: string; readonly fault: string | null };
type Whose = { readonly userId: string; readonly botIds: readonly string[] };

/**
 * Why the last cycles of a user's bots got no answer of their model: the one reason of all decisions of each. Bots whose
 * model answered are left out, and those of which nothing had moved since the last answer, which is as it should be.
 */
export const whyHeld = async (
  { db }: Pick<Ports, "db">,
  { userId, botIds }: Whose,
): Promise<ReadonlyMap<string, Held>> => {
  if (botIds.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    SELECT b.id, d.code, d.text, m.fault FROM bots b
    CROSS JOIN LATERAL (SELECT c.id FROM cycles c WHERE c.bot_id = b.id AND c.status = 'done'
      AND EXISTS (SELECT FROM decisions e WHERE e.cycle_id = c.id) ORDER BY c.slot DESC LIMIT 1) c
    CROSS JOIN LATERAL (SELECT min(e.reason_code) AS code, min(e.reason_text) AS text FROM decisions e
      WHERE e.cycle_id = c.id HAVING count(DISTINCT e.reason_text) = 1) d
    LEFT JOIN LATERAL (SELECT f.state, f.fault FROM model_calls f WHERE f.cycle_id = c.id
      ORDER BY f.attempt DESC LIMIT 1) m ON true
    WHERE b.user_id = ${userId}::uuid AND b.id = ANY(${[...botIds]}::uuid[]) AND d.code <> ${NOTHING_MOVED.code}
      AND (d.code = ${UNUSABLE} OR m.state IS DISTINCT FROM 'replied')`;
  return new Map(
    rows.map(({ id, code, text, fault }) => [
      id,
      {
        text: plainText(text, TEXT_MAX).replace(/\.$/, ""),
        isLasting: LASTING.has(code) || LASTING_FAULTS.has(fault ?? ""),
      },
    ]),
  );
};
