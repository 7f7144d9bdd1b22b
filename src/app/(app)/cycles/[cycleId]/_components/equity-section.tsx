import Link from "next/link";
import { SumStatement } from "~/components/trading/sum-statement";
import { Amount } from "~/components/ui/amount";
import type { CycleView } from "~/contracts/cycle-view";
import { CycleSection } from "./cycle-section";

/** Equity at the slot as a sum that a reader can check. */
export const EquitySection = ({ cycle: { equity, bot }, cycle }: { readonly cycle: CycleView }) => (
  <CycleSection cycle={cycle} stage="record-equity" note="At the slot, with open positions at their mark prices">
    {equity === null ? null : (
      <>
        <SumStatement
          label="Equity at the slot"
          currency={bot.currency}
          lines={[
            { name: "Cash", value: equity.cash },
            { name: "Margin of open positions", value: equity.margin },
            { name: "Unrealised P&L", value: equity.unrealized },
          ]}
          total={{ name: "Equity", value: equity.equity }}
        />
        <p className="mt-3 text-sm text-muted">
          Its peak so far: <Amount value={equity.peak} currency={bot.currency} />. Cash and margin are sums of the{" "}
          <Link href={`/bots/${bot.id}/ledger`} className="link inline-flex min-h-6 items-center">
            ledger
          </Link>
          .
        </p>
      </>
    )}
  </CycleSection>
);
