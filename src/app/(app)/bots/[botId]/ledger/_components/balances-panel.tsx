"use client";

import { useQuery } from "@tanstack/react-query";
import { Decimal } from "decimal.js";
import { ACCOUNTS } from "~/components/trading/ledger-words";
import { SumStatement } from "~/components/trading/sum-statement";
import { CellLink } from "~/components/ui/cell-link";
import { Panel } from "~/components/ui/panel";
import { ErrorState } from "~/components/ui/states";
import type { LedgerBalances } from "~/contracts/position-view";
import { useTRPC } from "~/trpc/react";

type BalancesProps = { readonly botId: string; readonly balances: LedgerBalances };
type Account = LedgerBalances["accounts"][number];

const AccountName = ({ botId, account }: { readonly botId: string; readonly account: Account["account"] }) => (
  <span>
    <CellLink href={`/bots/${botId}/ledger?account=${account}`}>{ACCOUNTS[account].name}</CellLink>{" "}
    <span className="text-xs text-muted">{ACCOUNTS[account].holds}</span>
  </span>
);

const lineOf = (botId: string, { account, balance }: Account) => ({
  name: <AccountName botId={botId} account={account} />,
  value: balance,
});

const isHeld = ({ account }: Account): boolean => account === "cash" || account === "margin";

const EquitySum = ({ botId, balances: { accounts, unrealized, equity, currency } }: BalancesProps) => (
  <SumStatement
    label="Equity"
    currency={currency}
    lines={[
      ...accounts.filter(isHeld).map((account) => lineOf(botId, account)),
      {
        name: (
          <span>
            <CellLink href={`/bots/${botId}?view=positions`}>Unrealised P&amp;L</CellLink>{" "}
            <span className="text-xs text-muted">open positions at their mark prices</span>
          </span>
        ),
        value: unrealized,
      },
    ]}
    total={{ name: "Equity", value: equity }}
  />
);

const AllAccounts = ({ botId, balances: { accounts, currency } }: BalancesProps) => (
  <SumStatement
    label="All accounts"
    currency={currency}
    lines={accounts.map((account) => lineOf(botId, account))}
    total={{
      name: "All accounts together",
      value: accounts.reduce((sum, { balance }) => sum.plus(balance), new Decimal(0)).toFixed(),
    }}
  />
);

type BalancesPanelProps = { readonly botId: string; readonly initial: LedgerBalances };

/** The equity that the accounts make, and every account's balance with their sum. Follows live. */
export const BalancesPanel = ({ botId, initial }: BalancesPanelProps) => {
  const trpc = useTRPC();
  const query = trpc.ledger.balances.queryOptions({ botId });
  const { data: balances, isError, refetch } = useQuery({ ...query, initialData: initial });
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Panel title="Equity" note="Cash and margin, plus the unrealised P&L of open positions">
        <EquitySum botId={botId} balances={balances} />
      </Panel>
      <Panel title="Balances" note="Every account of the ledger; they must sum to 0">
        <AllAccounts botId={botId} balances={balances} />
      </Panel>
      {isError && <ErrorState title="The balances could not be refreshed." onRetry={() => void refetch()} />}
    </div>
  );
};
