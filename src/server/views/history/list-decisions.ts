import type { DecisionRow } from "~/contracts/bot-detail";
import type { DecisionFilter } from "~/contracts/choices";
import type { Page } from "~/contracts/list-page";
import { describeVerdict } from "~/trading/risk/describe-verdict";
import type { StoredCheck } from "~/trading/risk/basis/stored-check";
import type { OwnedBot } from "../../tenant/find-own";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBot } from "../owned-bot";
import { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import { byKey } from "../pages/keyset";
import type { PageRequest, Place, Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";

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

const SORTING: Sorting = { sort: "decisions", order: "desc", kind: "instant" };

/** All decisions, holds too: by the bot's cycles. */
const selectAll = (botId: OwnBotId, place: Place | null): Prisma.Sql => {
  const { where, orderBy } = byKey(SORTING, { key: Prisma.sql`c.slot`, id: Prisma.sql`d.id` }, place);
  return Prisma.sql`
    SELECT ${COLUMNS}, c.slot FROM cycles c JOIN decisions d ON d.cycle_id = c.id JOIN markets m ON m.id = d.market_id
    LEFT JOIN verdicts v ON v.decision_id = d.id
    WHERE c.bot_id = ${botId}::uuid AND ${where} ORDER BY ${orderBy}`;
};

/** What the gate judged: by its verdicts, so that a rare refusal is found without reading every cycle. */
const selectJudged = (botId: OwnBotId, place: Place | null, condition: Prisma.Sql): Prisma.Sql => {
  const { where, orderBy } = byKey(SORTING, { key: Prisma.sql`v.slot`, id: Prisma.sql`v.decision_id` }, place);
  return Prisma.sql`
    SELECT ${COLUMNS}, v.slot FROM verdicts v JOIN decisions d ON d.id = v.decision_id
    JOIN markets m ON m.id = d.market_id
    WHERE v.bot_id = ${botId}::uuid AND ${condition} AND ${where} ORDER BY ${orderBy}`;
};

const select = (botId: OwnBotId, filter: DecisionFilter, place: Place | null): Prisma.Sql => {
  if (filter === "all") return selectAll(botId, place);
  return selectJudged(botId, place, filter === "refused" ? Prisma.sql`v.outcome = 'rejected'` : Prisma.sql`true`);
};

/** A page of a user's bot's decisions, newest slot first. Throws AppError for another user's bot. */
export const listDecisions = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  { filter, ...request }: DecisionRequest,
): Promise<Page<DecisionRow>> => {
  const { id: botId } = await findOwnedBot({ db }, owned);
  const { rows: _rows, ...page } = await readPage<Row, DecisionRow>(request, {
    sorting: SORTING,
    read: (place, limit) => db.$queryRaw<Row[]>`${select(botId, filter, place)} LIMIT ${limit}`,
    toItem: toRow,
    endOf: ({ slot, id }) => ({ key: String(slot.getTime()), id }),
  });
  return page;
};
