import type { BotTotals } from "~/contracts/bot-list";
import { toPlain } from "~/trading/money";
import { EQUITY_SQL } from "../../books/equity-sql";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";

type Amount = { toString(): string };
type Row = Pick<BotTotals, "bots" | "running" | "stoppable" | "openPositions" | "currency"> & {
  readonly currencies: number;
  readonly equity: Amount;
  readonly profit: Amount;
};

/** All of a user's bots that are not archived, together. */
export const getBotTotals = async ({ db }: Pick<Ports, "db">, userId: string): Promise<BotTotals> => {
  const [row] = await db.$queryRaw<[Row]>`
    WITH own AS (
      SELECT b.status, b.allotment, a.currency, ${EQUITY_SQL} AS equity,
        (SELECT count(*) FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL) AS held
      FROM bots b JOIN accounts a ON a.id = b.account_id LEFT JOIN equity_memories e ON e.bot_id = b.id
      WHERE b.user_id = ${userId}::uuid AND b.status <> 'archived')
    SELECT count(*)::int AS bots, (count(*) FILTER (WHERE status = 'running'))::int AS running,
      (count(*) FILTER (WHERE status IN ('running', 'paused')))::int AS stoppable,
      coalesce(sum(held), 0)::int AS "openPositions", min(currency) AS currency,
      count(DISTINCT currency)::int AS currencies, coalesce(sum(coalesce(equity, allotment)), 0) AS equity,
      coalesce(sum(equity - allotment), 0) AS profit
    FROM own`;
  const { currencies, equity, profit, ...counts } = row;
  const isOne = currencies === 1;
  return {
    ...counts,
    currency: isOne ? counts.currency : null,
    equity: isOne ? toPlain(fromColumn(equity)) : null,
    profit: isOne ? toPlain(fromColumn(profit)) : null,
  };
};
