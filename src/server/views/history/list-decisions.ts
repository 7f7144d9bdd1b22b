import type { DecisionRow } from "~/contracts/bot-detail";
import type { DecisionFilter } from "~/contracts/choices";
import { describeVerdict } from "~/trading/risk/describe-verdict";
import type { StoredCheck } from "~/trading/risk/basis/stored-check";
import { findOwnedBot, type OwnedBot } from "../owned-bot";
import { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import { startOf, toPage, type Page, type PageEnd, type PageRequest } from "./page-cursor";

export type DecisionRequest = PageRequest & { readonly filter: DecisionFilter };

type Row = DecisionRow & { readonly failed: StoredCheck | null; readonly isExempt: boolean | null };

/** Worded from the rule's own numbers, so that a verdict of an older version reads like one of today. */
const toRow = ({ failed, isExempt, ...row }: Row): DecisionRow => {
  const { outcome, rule, verdictText: reason } = row;
  return {
    ...row,
    verdictText:
      outcome === null || reason === null
        ? null
        : describeVerdict({ outcome, rule, reason, failed, isExempt: isExempt === true }),
  };
};

const COLUMNS = Prisma.sql`d.id, d.cycle_id AS "cycleId", m.pair, d.action, d.side, d.score, d.reason_code AS "reasonCode",
  d.reason_text AS "reasonText", v.outcome::text AS outcome, v.rule, v.reason AS "verdictText",
  (SELECT c FROM jsonb_array_elements(v.checks) c WHERE c->>'outcome' = 'fail' LIMIT 1) AS failed,
  v.checks @> '[{"outcome": "exempt"}]' AS "isExempt"`;

/** All decisions, holds too: by the bot's cycles. */
const selectAll = (botId: string, { at, id }: PageEnd): Prisma.Sql => Prisma.sql`
  SELECT ${COLUMNS}, c.slot FROM cycles c JOIN decisions d ON d.cycle_id = c.id JOIN markets m ON m.id = d.market_id
  LEFT JOIN verdicts v ON v.decision_id = d.id
  WHERE c.bot_id = ${botId}::uuid AND c.slot <= ${at} AND (c.slot, d.id) < (${at}, ${id}::uuid)
  ORDER BY c.slot DESC, d.id DESC`;

/** What the gate judged: by its verdicts, so that a rare refusal is found without reading every cycle. */
const selectJudged = (botId: string, { at, id }: PageEnd, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT ${COLUMNS}, v.slot FROM verdicts v JOIN decisions d ON d.id = v.decision_id JOIN markets m ON m.id = d.market_id
  WHERE v.bot_id = ${botId}::uuid AND v.slot <= ${at} AND (v.slot, v.decision_id) < (${at}, ${id}::uuid) AND ${condition}
  ORDER BY v.slot DESC, v.decision_id DESC`;

const select = (botId: string, { filter, ...request }: DecisionRequest): Prisma.Sql => {
  const from = startOf(request);
  if (filter === "all") return selectAll(botId, from);
  return selectJudged(botId, from, filter === "refused" ? Prisma.sql`v.outcome = 'rejected'` : Prisma.sql`true`);
};

/** A page of a user's bot's decisions, newest slot first. Throws AppError for another user's bot. */
export const listDecisions = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  request: DecisionRequest,
): Promise<Page<DecisionRow>> => {
  const page = select(owned.botId, request);
  await findOwnedBot({ db }, owned);
  const rows = await db.$queryRaw<Row[]>`${page} LIMIT ${request.limit + 1}`;
  return toPage(rows, request, { toItem: toRow, endOf: ({ slot, id }) => ({ at: slot, id }) });
};
