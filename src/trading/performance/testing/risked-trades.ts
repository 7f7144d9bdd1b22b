import { decimal } from "../../money";
import type { Trade } from "../../portfolio/trade";
import type { RiskedTrade } from "../risked-trade";

const HOUR_MS = 3_600_000;

type Given = Partial<Omit<Trade, "realizedPnl">> & { readonly net: number | string; readonly risk?: number | null };

/** A trade with this net result that risked 100, held for an hour; each one begins two hours after the one before. */
export const riskedTrades = (given: readonly Given[]): RiskedTrade[] =>
  given.map(({ net, risk = 100, ...rest }, index) => ({
    risk: risk === null ? null : decimal(risk),
    trade: {
      positionId: String(index),
      pair: "BTC/USDT",
      side: "long",
      quantity: decimal(1),
      entryPrice: decimal(1000),
      exitPrice: decimal(1000),
      enteredAt: index * 2 * HOUR_MS,
      exitedAt: (index * 2 + 1) * HOUR_MS,
      grossPnl: decimal(net),
      fees: decimal(0),
      funding: decimal(0),
      slippage: decimal(0),
      realizedPnl: decimal(net),
      exitReason: "stop-loss",
      ...rest,
    },
  }));
