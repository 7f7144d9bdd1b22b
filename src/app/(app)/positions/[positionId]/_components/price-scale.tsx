import { formatPercent } from "~/components/format/format-amount";
import { Price } from "~/components/ui/amount";
import type { PositionView } from "~/contracts/position-view";
import { placePrices, type NamedPrice } from "./place-prices";

const TICKS: Readonly<Record<string, string>> = { Target: "bg-gain" };
const tickOf = (name: string): string => TICKS[name] ?? (/stop$/i.test(name) ? "bg-loss" : "bg-ink");
const capitalized = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

const pricesOf = ({ stopLoss, stopName, takeProfit, entryPrice, closed, mark }: PositionView): NamedPrice[] => [
  ...(stopLoss === null ? [] : [{ name: capitalized(stopName), price: stopLoss }]),
  { name: "Entry", price: entryPrice },
  closed ? { name: "Exit", price: closed.exitPrice } : { name: "Mark", price: mark },
  ...(takeProfit === null ? [] : [{ name: "Target", price: takeProfit }]),
];

/** Stop, entry, exit or mark, and target on one scale; the list below says it in numbers. */
export const PriceScale = ({ position }: { readonly position: PositionView }) => {
  const placed = placePrices(pricesOf(position), position.entryPrice);
  return (
    <>
      <div aria-hidden="true" className="relative mx-1 my-3 h-px bg-line-strong">
        {placed.map(({ name, place }) => (
          <span
            key={name}
            className={`absolute -top-2 h-4 w-0.5 -translate-x-1/2 ${tickOf(name)}`}
            style={{ left: `${place * 100}%` }}
          />
        ))}
      </div>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(6.5rem,1fr))] gap-x-4 gap-y-2 text-sm">
        {placed.map(({ name, price, change }) => (
          <div key={name}>
            <dt className="flex items-center gap-1.5 text-muted">
              <span aria-hidden="true" className={`h-3 w-0.5 ${tickOf(name)}`} />
              {name}
            </dt>
            <dd>
              <Price value={price} digits={position.priceDigits} />
              {name !== "Entry" && (
                <span className="figure block text-xs text-muted">{formatPercent(change, { isSigned: true })}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
};
