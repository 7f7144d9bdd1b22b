import { Decimal } from "decimal.js";
import Link from "next/link";
import { formatPercent } from "~/components/format/format-amount";
import { Amount, Pnl, PnlPercent } from "~/components/ui/amount";
import { Stat, StatGrid } from "~/components/ui/stat";
import type { Overview } from "~/contracts/overview-view";

/** The change of equity on capital as a fraction; null without capital. */
const changeOf = ({ equity, capital }: Overview): number | null =>
  Number(capital) === 0 ? null : new Decimal(equity).minus(capital).div(capital).toNumber();

/** Without a stop a position's loss has no bound: its full value counts, and the note says so. */
const riskNote = (share: number | null, withoutStop: number): string => {
  const part = `${formatPercent(share)} of equity`;
  return withoutStop === 0 ? part : `${part}; ${withoutStop} without a stop, in full`;
};

/** What the bots are worth, made today, hold and may lose, together. */
export const OverviewStats = ({ overview }: { readonly overview: Overview }) => {
  const { currency, equity, capital, today, todayFraction, unrealized, openRisk, openRiskFraction, withoutStop } =
    overview;
  const { lines } = overview;
  const share = openRiskFraction === null ? null : Math.abs(openRiskFraction);
  return (
    <StatGrid>
      <Stat
        label={lines.some(({ isControl }) => isControl) ? "Equity of all bots, control too" : "Equity of all bots"}
        note={
          <>
            <PnlPercent value={changeOf(overview)} /> on <Amount value={capital} /> of capital
          </>
        }
      >
        <Amount value={equity} currency={currency} />
      </Stat>
      <Stat
        label="Today"
        note={
          <>
            <PnlPercent value={todayFraction} /> since 00:00 UTC
          </>
        }
      >
        <Pnl value={today} currency={currency} />
      </Stat>
      <Stat
        label="Open positions"
        note={
          <>
            <Pnl value={unrealized} /> unrealised
          </>
        }
      >
        <span className="figure">{overview.openPositions}</span>
      </Stat>
      <Stat label="Open risk, if every stop fills" note={riskNote(share, withoutStop)}>
        <Pnl value={openRisk} currency={currency} />
      </Stat>
      <Stat label="Bots" note={`running, of ${overview.bots}`}>
        <Link href="/bots" className="link figure">
          {overview.running}
        </Link>
      </Stat>
    </StatGrid>
  );
};
