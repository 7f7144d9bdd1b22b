import { dayStartOf } from "../market/day-start";
import { DAY_MS } from "../market/duration";
import type { Decimal } from "../money";
import type { EquityMemory } from "../portfolio/equity-memory";
import type { Balances } from "../portfolio/ledger";
import { fromUnits, toUnits } from "./exact-units";

/** A bot's equity points in units, from its memory on: as rememberEquity remembers them. */
export type EquityMarks = {
  /** Cash and margin in units. */
  readonly held: number;
  readonly peakUnits: () => number;
  /** An equity that is not marked yet, with the peak that it would have. */
  readonly exactly: (units: number) => { readonly equity: Decimal; readonly peak: Decimal };
  /** Marks the last equity once more. */
  readonly repeat: (at: number) => Decimal;
  /** Marks a point (ms) and answers its equity. */
  readonly mark: (at: number, units: number) => Decimal;
  readonly read: () => EquityMemory;
};

/** An amount in units that is turned into money where it is read. */
type Kept = { units: number; amount: Decimal | null };
const amountOf = (kept: Kept): Decimal => (kept.amount ??= fromUnits(kept.units));
const keep = (amount: Decimal): Kept | null => {
  const units = toUnits(amount);
  return units === null ? null : { units, amount };
};

/** Null where an amount has more digits than units have. */
export const createEquityMarks = (memory: EquityMemory, { cash, margin }: Balances): EquityMarks | null => {
  const held = toUnits(cash.plus(margin));
  const [equity, peak, low] = [keep(memory.last.equity), keep(memory.last.peak), keep(memory.dayLow)];
  if (held === null || !equity || !peak || !low) return null;
  let { at: lastAt } = memory.last;
  let dayEnd = dayStartOf(lastAt) + DAY_MS;
  let { dayStart } = memory;
  const set = (kept: Kept, units: number, amount: Decimal | null): void => {
    kept.units = units;
    kept.amount = amount;
  };
  /** The first point of a day: what was marked before it is where the day starts, unless it is at midnight. */
  const beginDay = (at: number, before: Decimal): void => {
    const day = dayStartOf(at);
    dayEnd = day + DAY_MS;
    dayStart = at === day ? amountOf(equity) : before;
    set(low, equity.units, amountOf(equity));
  };
  return {
    held,
    peakUnits: () => peak.units,
    exactly: (units) => {
      const now = units === equity.units ? amountOf(equity) : fromUnits(units);
      return { equity: now, peak: units > peak.units ? now : amountOf(peak) };
    },
    repeat: (at) => {
      const now = amountOf(equity);
      if (at >= dayEnd) beginDay(at, now);
      lastAt = at;
      return now;
    },
    mark: (at, units) => {
      const before = amountOf(equity);
      if (units !== equity.units) set(equity, units, fromUnits(units));
      const now = amountOf(equity);
      if (units > peak.units) set(peak, units, now);
      if (at >= dayEnd) beginDay(at, before);
      else if (units < low.units) set(low, units, now);
      lastAt = at;
      return now;
    },
    read: () => ({
      last: { at: lastAt, equity: amountOf(equity), peak: amountOf(peak) },
      dayStart,
      dayLow: amountOf(low),
    }),
  };
};
