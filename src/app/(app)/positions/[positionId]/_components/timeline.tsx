import { formatDuration } from "~/components/format/format-time";
import { PURPOSES, statusOfOrder } from "~/components/trading/order-words";
import { Exact, Price } from "~/components/ui/amount";
import { CellLink } from "~/components/ui/cell-link";
import { VenueTime } from "~/components/ui/venue-time";
import type { PositionView } from "~/contracts/position-view";
import { listEvents, type PositionEvent } from "./list-events";

type PositionProps = { readonly position: PositionView };

type EventProps = { readonly event: PositionEvent; readonly priceDigits: number };

const What = ({ event: { kind, order, price, quantity }, priceDigits }: EventProps) => {
  if (kind === "marked") {
    return (
      <>
        Still open, marked at <Price value={price} digits={priceDigits} />
      </>
    );
  }
  if (kind === "filled") {
    return (
      <>
        <strong className="font-semibold">
          {order?.side === "buy" ? "Bought" : "Sold"} <Exact value={quantity} /> at{" "}
          <Price value={price} digits={priceDigits} />
        </strong>
      </>
    );
  }
  return (
    <>
      {order && PURPOSES[order.purpose]}: {order?.side} <Exact value={quantity} /> ordered
      {order && order.fills.length === 0 && `, ${statusOfOrder(order.status).word.toLowerCase()}`}
    </>
  );
};

const DOTS: Record<PositionEvent["kind"], string> = {
  ordered: "border-line-strong bg-panel",
  filled: "border-accent bg-accent",
  marked: "border-accent bg-panel",
};

const Event = ({ event, priceDigits }: EventProps) => (
  <li className="relative pb-3 pl-5 before:absolute before:top-3 before:-bottom-2 before:left-[4.5px] before:w-px before:bg-line-strong last:before:hidden">
    <span aria-hidden="true" className={`absolute top-1.5 left-0 size-2.5 rounded-full border-2 ${DOTS[event.kind]}`} />
    <span className="block text-xs text-muted">
      <VenueTime at={event.at} withSeconds />
    </span>
    <What event={event} priceDigits={priceDigits} />
  </li>
);

const Cycles = ({ position: { openedByCycle, closedByCycle, closed } }: PositionProps) => (
  <ul className="flex flex-wrap gap-x-4 border-t border-line pt-2">
    <li>
      {openedByCycle === null ? (
        <span className="text-muted">Not opened by a cycle</span>
      ) : (
        <CellLink href={`/cycles/${openedByCycle}`}>The cycle that opened it</CellLink>
      )}
    </li>
    {closed && (
      <li>
        {closedByCycle === null ? (
          <span className="text-muted">Closed between cycles: the next cycle will show it</span>
        ) : (
          <CellLink href={`/cycles/${closedByCycle}`}>The cycle that closed it</CellLink>
        )}
      </li>
    )}
  </ul>
);

/** What happened to a position, oldest first, and the cycles that decided it. */
export const Timeline = ({ position }: PositionProps) => {
  const end = position.closed?.exitedAt ?? position.markedAt;
  const isTouched = position.orders.some(
    ({ purpose, fills }) => (purpose === "protective" || purpose === "leg") && fills.length > 0,
  );
  const heldMs = end.getTime() - position.openedAt.getTime();
  return (
    <div className="text-sm">
      <ol>
        {listEvents(position).map((event) => (
          <Event key={event.key} event={event} priceDigits={position.priceDigits} />
        ))}
      </ol>
      <p className="pb-2 text-muted">
        {position.closed ? "Held" : "At its last mark held"} for {formatDuration(heldMs)}
        {position.bot.isSimulated && " of market time"}.
        {isTouched &&
          " A stop, a target or a leg fills in the candle that touched its level and is booked when that candle closes."}
      </p>
      <Cycles position={position} />
    </div>
  );
};
