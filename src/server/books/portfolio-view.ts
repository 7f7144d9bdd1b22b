import { viewPortfolio } from "~/trading/cycle/view-portfolio";
import type { TradingState } from "~/trading/cycle/watch-drawdown";
import type { PortfolioView } from "~/trading/risk/basis/risk-context";
import type { BotContext } from "../bot-context";
import type { Transaction } from "../db/client";
import { loadKeptOf } from "./kept-figures";
import { loadOpenPositions, type StoredPosition } from "./positions";

type JudgedBooks = {
  readonly portfolio: PortfolioView & { readonly positions: readonly StoredPosition[] };
  readonly tradingState: TradingState;
};

/** A bot's books at a slot, read under its lock: what the gate judges by and what is executed on. */
export const loadPortfolioView = async (
  tx: Transaction,
  { botId, initialCapital }: BotContext,
  slot: number,
): Promise<JudgedBooks> => {
  const positions = await loadOpenPositions(tx, botId);
  const { balances, memory, tradingState } = await loadKeptOf(tx, botId);
  return { portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, slot), tradingState };
};
