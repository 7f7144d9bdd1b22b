import { Amount, Pnl } from "~/components/ui/amount";
import type { BotTotals } from "~/contracts/bot-list";

/** All bots together, whichever of them are shown. */
export const BotTotalsLine = ({ totals }: { readonly totals: BotTotals }) => (
  <p className="figure mb-4 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted" aria-label="All bots together">
    <span>
      <span className="text-ink">{totals.running}</span> of <span className="text-ink">{totals.bots}</span> run
    </span>
    <span>
      Equity <Amount value={totals.equity} {...(totals.currency !== null && { currency: totals.currency })} />
    </span>
    <span>
      P&amp;L <Pnl value={totals.profit} />
    </span>
    <span>
      <span className="text-ink">{totals.openPositions}</span> open{" "}
      {totals.openPositions === 1 ? "position" : "positions"}
    </span>
  </p>
);
