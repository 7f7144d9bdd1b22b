import { DAY_MS } from "../../market/duration";
import { decimal } from "../../money";
import type { Books } from "../books";
import { balances, buildOpen, entries, entry } from "./books-builder";

/** Of limits that one version of the settings has and another has not. */
export const BREACHES_OF_VERSIONS: [invariant: string, planted: string, books: Partial<Books>, found: string[]][] = [
  [
    "I9",
    "an entry beyond what its own version allowed",
    { entries: [{ ...entry, leverage: decimal(3), limits: { ...entry.limits, longLeverageMax: 2 } }] },
    ["entry o1 has leverage 3"],
  ],
  [
    "I9",
    "a second entry of a day by a version that allowed one",
    {
      entries: entries(2, (index) => ({
        at: 100 + index,
        limits: { ...entry.limits, tradesPerDayMax: 10 - 9 * index },
      })),
    },
    ["too many entries in one day"],
  ],
  [
    "I9",
    "a position beside as many as its version allowed",
    {
      openPositions: [buildOpen(), buildOpen({ openedAt: DAY_MS, limits: { openPositionsMax: 1 } })],
      balances: balances({ capital: -1000, cash: 800, margin: 200 }),
      equity: [],
    },
    ["too many open positions"],
  ],
];
