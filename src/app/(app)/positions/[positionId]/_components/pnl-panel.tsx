import { fundingName } from "~/components/trading/funding-name";
import { negated } from "~/components/trading/sum-terms";
import { SumStatement } from "~/components/trading/sum-statement";
import { Pnl } from "~/components/ui/amount";
import type { PositionView } from "~/contracts/position-view";

/** A closed position's result as a sum; of an open one what it would be at its mark. */
export const PnlPanel = ({ position: { closed, unrealized, bot } }: { readonly position: PositionView }) => {
  if (closed === null) {
    return (
      <p className="text-sm">
        It is open: <Pnl value={unrealized} currency={bot.currency} /> at its mark, before the fees of entry and exit.
        Its result appears here when it is closed.
      </p>
    );
  }
  const { gross, slippage, fees, funding, net } = closed.pnl;
  return (
    <SumStatement
      label="Net P&L"
      currency={bot.currency}
      lines={[
        { name: "Gross, at reference prices", value: gross },
        { name: "Slippage", value: negated(slippage) },
        { name: "Fees", value: negated(fees) },
        { name: fundingName(funding, closed.isFundingKnown), value: funding },
      ]}
      total={{ name: "Net", value: net }}
    />
  );
};
