import type { MarketPosition } from "~/trading/risk/basis/risk-context";
import { FUNDING_INTERVAL_MS, fundingTimes, isFunded, type FundingSource } from "~/trading/settlement/funding";
import type { MarketRules } from "~/trading/ports";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";

type Amount = { toString(): string };

/** The last rate that the venue showed of a market in the 8 hours before each payment. */
const readRates = async (tx: Transaction, marketId: number, times: readonly number[]) => {
  const rows = await tx.$queryRaw<{ dueAt: Date; rate: Amount }[]>`
    SELECT t.due_at AS "dueAt", s.funding_rate AS rate
    FROM unnest(${times.map((time) => new Date(time))}::timestamptz[]) AS t(due_at)
    CROSS JOIN LATERAL (SELECT funding_rate FROM market_snapshots
      WHERE market_id = ${marketId} AND slot < t.due_at AND slot >= t.due_at - ${FUNDING_INTERVAL_MS}::int * interval '1 millisecond'
        AND funding_rate IS NOT NULL ORDER BY slot DESC LIMIT 1) s`;
  return new Map(rows.map(({ dueAt, rate }) => [dueAt.getTime(), fromColumn(rate)]));
};

/** Where a position is funded from up to `through` (ms), that instant included. Reads only where a payment is due. */
export const loadFunding = async (
  tx: Transaction,
  { marketType }: Pick<MarketRules, "marketType">,
  { position, through }: { readonly position: MarketPosition; readonly through: number },
): Promise<FundingSource> => {
  if (marketType === "spot") return null;
  const times = fundingTimes(position, { from: position.settledThrough, before: through + 1 });
  if (times.length === 0 || !isFunded(position, undefined)) return undefined;
  const rates = await readRates(tx, position.marketId, times);
  return (dueAt) => rates.get(dueAt) ?? null;
};
