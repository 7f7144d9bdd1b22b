import type { z } from "zod";
import type { ledgerBalancesSchema } from "~/contracts/position-view";
import { computeEquity } from "~/trading/portfolio/equity";
import { LEDGER_ACCOUNTS } from "~/trading/portfolio/ledger";
import { loadBalances } from "../../books/ledger";
import { loadOpenPositions } from "../../books/positions";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBot } from "../owned-bot";
import type { Ports } from "../../ports";

/**
 * What each account of a bot holds, and the equity that they make with the open positions at their stored marks, all of
 * one moment. Throws AppError for a bot that is not the user's.
 */
export const getLedgerBalances = async (
  ports: Pick<Ports, "db">,
  of: OwnedBot,
): Promise<z.infer<typeof ledgerBalancesSchema>> => {
  const { id, currency } = await findOwnedBot(ports, of);
  const [balances, positions] = await ports.db.$transaction(
    async (tx) => [await loadBalances(tx, id), await loadOpenPositions(tx, id)] as const,
    // One snapshot: a fill between the two reads would make an equity that never was.
    { isolationLevel: "RepeatableRead" },
  );
  const { equity, unrealizedPnl } = computeEquity(balances, positions);
  return {
    currency,
    accounts: LEDGER_ACCOUNTS.map((account) => ({ account, balance: balances[account].toFixed() })),
    unrealized: unrealizedPnl.toFixed(),
    equity: equity.toFixed(),
  };
};
