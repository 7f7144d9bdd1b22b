import type { MarketDecision } from "~/trading/decision/basis/market-decision";
import { decimal, Decimal } from "~/trading/money";
import { exitTermsSchema } from "~/trading/portfolio/exit-terms";
import { fromColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";

export type StoredDecision = MarketDecision & { readonly id: string };

type Amount = { toString(): string };
type Wanted = MarketDecision["decision"];
type Row = Pick<Wanted, "closeFraction"> &
  Pick<Wanted, "pair" | "action" | "side" | "score" | "sizeFraction" | "leverage"> & {
    readonly id: string;
    readonly marketId: number;
    readonly decidedCandle: Date | null;
    readonly entryPrice: Amount | null;
    readonly stopLoss: Amount | null;
    readonly takeProfit: Amount | null;
    readonly exits: unknown;
    readonly reason: Wanted["reason"];
  };

/** As the column gives it back: it rounds to 18 decimals, halves away from zero. */
const asColumn = (amount: string | null): string | null =>
  amount === null ? null : decimal(amount).toDecimalPlaces(18, Decimal.ROUND_HALF_UP).toFixed();

/** A decision as `loadDecisions` gives it once it is stored. */
export const asStored = ({ id, marketId, decision }: StoredDecision): StoredDecision => {
  const { pair, action, side, score, sizeFraction, leverage, decidedCandle, reason } = decision;
  return {
    id,
    marketId,
    decision: {
      pair,
      action,
      side,
      score,
      sizeFraction,
      leverage,
      decidedCandle,
      reason: { code: reason.code, text: reason.text },
      entryPrice: asColumn(decision.entryPrice),
      stopLoss: asColumn(decision.stopLoss),
      takeProfit: asColumn(decision.takeProfit),
      exits: decision.exits ?? null,
      closeFraction: decision.closeFraction ?? null,
      invalidation: [],
      evidence: [],
    },
  };
};

/** A cycle's decisions in the order they were made, without their evidence, which the gate does not read. */
export const loadDecisions = async (tx: Transaction, cycleId: string): Promise<StoredDecision[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT d.id, d.market_id AS "marketId", m.pair, d.action::text, d.side::text, d.decided_candle AS "decidedCandle", d.score,
      d.size_fraction AS "sizeFraction", d.leverage, d.entry_price AS "entryPrice", d.stop_loss AS "stopLoss",
      d.take_profit AS "takeProfit", d.exits, d.close_fraction AS "closeFraction", jsonb_build_object('code', d.reason_code, 'text', d.reason_text) AS reason
    FROM decisions d JOIN markets m ON m.id = d.market_id WHERE d.cycle_id = ${cycleId}::uuid ORDER BY d.sequence`;
  return rows.map(({ id, marketId, decidedCandle, entryPrice, stopLoss, takeProfit, exits, ...decision }) => ({
    id,
    marketId,
    decision: {
      ...decision,
      decidedCandle: decidedCandle?.getTime() ?? null,
      entryPrice: fromColumnOrNull(entryPrice)?.toFixed() ?? null,
      stopLoss: fromColumnOrNull(stopLoss)?.toFixed() ?? null,
      takeProfit: fromColumnOrNull(takeProfit)?.toFixed() ?? null,
      exits: exitTermsSchema.nullable().parse(exits),
      invalidation: [],
      evidence: [],
    },
  }));
};
