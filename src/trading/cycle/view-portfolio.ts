import { maxOf, minOf, sumOf, type Decimal } from "../money";
import { computeEquity } from "../portfolio/equity";
import { equityFigures, type EquityMemory } from "../portfolio/equity-memory";
import type { Balances } from "../portfolio/ledger";
import { reservedOf } from "../portfolio/reserved";
import { notionalOf } from "../portfolio/position";
import type { MarketPosition, PortfolioView } from "../risk/basis/risk-context";

type Holdings<Held extends MarketPosition> = {
  readonly initialCapital: Decimal;
  readonly balances: Pick<Balances, "cash" | "margin">;
  readonly positions: readonly Held[];
  readonly memory: EquityMemory | null;
};

/** A bot's books at a slot (ms), as the gate reads them. Peak and day low include the equity at the slot. */
export const viewPortfolio = <Held extends MarketPosition>(
  { initialCapital, balances, positions, memory }: Holdings<Held>,
  time: number,
): PortfolioView & { readonly positions: readonly Held[] } => {
  const { equity, cash, margin } = computeEquity(balances, positions);
  const { peak, dayStart, dayLow } = equityFigures(memory, time);
  const reserved = positions.map(reservedOf);
  const reservedMargin = sumOf(reserved.map((each) => each.margin));
  return {
    initialCapital,
    equity,
    cash: cash.minus(reservedMargin).minus(sumOf(reserved.map(({ fees }) => fees))),
    margin: margin.plus(reservedMargin),
    grossNotional: sumOf([...positions.map(notionalOf), ...reserved.map(({ notional }) => notional)]),
    positions,
    peakEquity: maxOf(equity, peak ?? initialCapital),
    dayStartEquity: dayStart ?? initialCapital,
    dayLowEquity: minOf(equity, dayLow ?? equity),
  };
};
