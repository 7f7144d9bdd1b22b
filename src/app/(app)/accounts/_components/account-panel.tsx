import { ChangeAllotmentButton } from "~/components/allotment/change-allotment-button";
import { formatAmount } from "~/components/format/format-amount";
import { formatUtc } from "~/components/format/format-time";
import { Amount } from "~/components/ui/amount";
import { CellLink } from "~/components/ui/cell-link";
import { Panel } from "~/components/ui/panel";
import type { AccountRow, FlowKind } from "~/contracts/accounts-view";

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <div className="flex justify-between gap-4 border-t border-line py-1.5">
    <dt className="text-muted">{name}</dt>
    <dd className="text-right">{children}</dd>
  </div>
);

type BotsProps = Pick<AccountRow, "id" | "bots" | "botCount" | "currency">;

const Bots = ({ id: accountId, bots, botCount, currency }: BotsProps) => (
  <>
    <h3 className="mt-3 text-sm font-semibold">Bots</h3>
    {bots.length === 0 && <p className="text-sm text-muted">No bot trades this account.</p>}
    <ul className="text-sm">
      {bots.map(({ id, name, allotment }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4 py-0.5">
          <span className="min-w-0 wrap-anywhere">
            <CellLink href={`/bots/${id}`}>{name}</CellLink>
          </span>
          <span>
            <Amount value={allotment} currency={currency} /> <span className="text-muted">allotted</span>{" "}
            <ChangeAllotmentButton botId={id} name={name}>
              Change
            </ChangeAllotmentButton>
          </span>
        </li>
      ))}
    </ul>
    {botCount > bots.length && (
      <p className="py-1 text-sm">
        <CellLink href={`/bots?account=${accountId}`}>All {botCount} bots of this account</CellLink>
      </p>
    )}
  </>
);

const FLOW_NAMES: Readonly<Record<FlowKind, string>> = { deposit: "Deposit", withdrawal: "Withdrawal" };

const Flows = ({ flows, currency }: Pick<AccountRow, "flows" | "currency">) => (
  <>
    <h3 className="mt-3 text-sm font-semibold">Last deposits and withdrawals</h3>
    {flows.length === 0 && <p className="text-sm text-muted">None since the account was opened.</p>}
    <ul className="text-sm">
      {flows.map(({ id, kind, amount, at }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4 py-0.5">
          <span>
            {FLOW_NAMES[kind]} <time dateTime={at.toISOString()}>{formatUtc(at)} UTC</time>
          </span>
          <span className="figure">
            {kind === "deposit" ? "+" : "−"}
            {formatAmount(amount)} <span className="text-muted">{currency}</span>
          </span>
        </li>
      ))}
    </ul>
  </>
);

type AccountPanelProps = { readonly account: AccountRow; readonly onMove: (kind: FlowKind) => void };

/** One paper account: what it has, who trades it, and what can be done with its money. */
export const AccountPanel = ({ account, onMove }: AccountPanelProps) => {
  const { name, venueName, currency, capital, allotted, free, flows } = account;
  return (
    <Panel
      title={name}
      note={`Paper money on ${venueName}`}
      actions={
        <div className="flex gap-2">
          <button
            type="button"
            className="button"
            aria-label={`Deposit into ${name}`}
            onClick={() => onMove("deposit")}
          >
            Deposit
          </button>
          <button
            type="button"
            className="button"
            aria-label={`Withdraw from ${name}`}
            onClick={() => onMove("withdrawal")}
          >
            Withdraw
          </button>
        </div>
      }
    >
      <dl className="text-sm">
        <Fact name="Free: in no bot, and needed by none">
          <Amount value={free} currency={currency} />
        </Fact>
        <Fact name="Allotted to bots">
          <Amount value={allotted} currency={currency} />
        </Fact>
        <Fact name="Paid in, less what was taken out">
          <Amount value={capital} currency={currency} />
        </Fact>
      </dl>
      <Bots {...account} />
      <Flows flows={flows} currency={currency} />
    </Panel>
  );
};
