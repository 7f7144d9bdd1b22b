import { formatExact } from "~/components/format/format-amount";
import Link from "next/link";
import { HistoryBadge } from "~/components/trading/history-badge";
import { SideWord } from "~/components/trading/side-word";
import { Exact, Pnl, Price } from "~/components/ui/amount";
import { Badge } from "~/components/ui/badge";
import { Stat, StatGrid } from "~/components/ui/stat";
import { VenueTime } from "~/components/ui/venue-time";
import { PositionActions } from "./position-actions";
import type { PositionView } from "~/contracts/position-view";
import { describeExit } from "~/trading/execution/describe-exit";

type PositionProps = { readonly position: PositionView };

const Title = ({ position }: PositionProps) => {
  const { pair, side, closed, isClosing, isHistory, bot } = position;
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold">
            {pair} <SideWord side={side} />
          </h1>
          {closed ? (
            <Badge>Closed: {describeExit(closed.exitReason)}</Badge>
          ) : (
            <Badge tone="accent">{isClosing ? "Closing" : "Open"}</Badge>
          )}
          {isHistory && <HistoryBadge />}
        </div>
        <p className="text-sm text-muted">
          of{" "}
          <Link href={`/bots/${bot.id}`} className="link inline-flex min-h-6 items-center">
            {bot.name}
          </Link>
          . Prices and times are the {bot.isSimulated ? "simulated market" : "venue"}&apos;s.
        </p>
      </div>
      {!closed && <PositionActions position={position} />}
    </div>
  );
};

const Last = ({ position: { closed, mark, markedAt, isWithoutPrice, priceDigits } }: PositionProps) =>
  closed ? (
    <Stat
      label="Exit"
      note={
        <>
          <VenueTime at={closed.exitedAt} /> UTC
        </>
      }
    >
      <Price value={closed.exitPrice} digits={priceDigits} />
    </Stat>
  ) : (
    <Stat
      label="Mark"
      note={
        <>
          {isWithoutPrice && "no price since "}
          <VenueTime at={markedAt} /> UTC
        </>
      }
    >
      <Price value={mark} digits={priceDigits} />
    </Stat>
  );

/** Which position this is and how it stands. */
export const PositionHead = ({ position }: PositionProps) => {
  const { quantity, entered, leverage, entryPrice, openedAt, closed, unrealized, priceDigits, bot } = position;
  return (
    <>
      <Title position={position} />
      <StatGrid>
        <Stat
          label={closed ? "Net P&L" : "Unrealised P&L"}
          note={closed ? "after all costs" : "at the mark price, before fees"}
        >
          <Pnl value={closed ? closed.pnl.net : unrealized} currency={bot.currency} />
        </Stat>
        <Stat
          label="Quantity"
          note={`${quantity === entered ? "" : `of ${formatExact(entered)} that was entered, `}at ${Number(leverage)}× leverage`}
        >
          <Exact value={quantity} />
        </Stat>
        <Stat
          label="Entry"
          note={
            <>
              <VenueTime at={openedAt} /> UTC
            </>
          }
        >
          <Price value={entryPrice} digits={priceDigits} />
        </Stat>
        <Last position={position} />
      </StatGrid>
    </>
  );
};
