import type { SlotEvents } from "../cycle/advance-bot";
import type { MarketDecision } from "../decision/basis/market-decision";
import { WARMING_UP } from "../decision/basis/reason-codes";

type Counts = Readonly<Record<string, number>>;

/** The outcomes of all decisions; keys are sorted, so that equal runs give equal text. */
export type DecisionTally = {
  readonly total: number;
  /** held, opened, closed, rejected, or not-filled where an order passed and did not fill. */
  readonly outcome: Counts;
  /** By the reason that the mode gave. */
  readonly reason: Counts;
  /** Refusals and reductions by the rule that made them. */
  readonly rule: Counts;
  /** The first slot (ms) at which no market was warming up; null: none. */
  readonly warmupUntil: number | null;
};

type Happened = Pick<SlotEvents, "assessed" | "orders" | "fills">;
const NOTHING: Happened = { assessed: [], orders: [], fills: [] };

/** Whether an order of the slot was filled at all. What settlement filled was filled before the slot. */
const isFilled = (time: number, { pair }: Happened["orders"][number], { fills }: Happened): boolean =>
  fills.some((fill) => fill.pair === pair && fill.filledAt === time);

const outcomeOf = (time: number, { marketId, decision }: MarketDecision, happened: Happened): string => {
  if (decision.action === "hold") return "held";
  const verdict = happened.assessed.find((each) => each.marketId === marketId)?.verdict;
  if (verdict?.outcome === "rejected") return "rejected";
  const order = happened.orders.find((each) => each.marketId === marketId);
  if (!order || !isFilled(time, order, happened)) return "not-filled";
  return decision.action === "open" ? "opened" : "closed";
};

const rulesOf = ({ assessed }: Happened): string[] => assessed.flatMap(({ verdict }) => verdict?.rule ?? []);
const isWarmingUp = ({ decision }: MarketDecision): boolean => decision.reason.code === WARMING_UP;

const createCounts = () => {
  const counts = new Map<string, number>();
  return {
    add: (key: string, count = 1): void => void counts.set(key, (counts.get(key) ?? 0) + count),
    read: (): Counts => Object.fromEntries([...counts].toSorted(([first], [second]) => (first < second ? -1 : 1))),
  };
};

/** Counts the decisions of one bot. */
export const createTally = () => {
  const [outcome, reason, rule] = [createCounts(), createCounts(), createCounts()];
  let total = 0;
  let warmupUntil: number | null = null;
  return {
    add: (time: number, decisions: readonly MarketDecision[], happened: Happened | null): void => {
      if (decisions.length === 0) return;
      const what = happened ?? NOTHING;
      total += decisions.length;
      for (const each of decisions) {
        outcome.add(outcomeOf(time, each, what));
        reason.add(each.decision.reason.code);
      }
      for (const name of rulesOf(what)) rule.add(name);
      if (!decisions.some(isWarmingUp)) warmupUntil ??= time;
    },
    /** Holds by their reasons alone: of every market that was decided about. */
    addHolds: (time: number, reasons: readonly string[]): void => {
      if (reasons.length === 0) return;
      total += reasons.length;
      outcome.add("held", reasons.length);
      for (const code of reasons) reason.add(code);
      if (!reasons.includes(WARMING_UP)) warmupUntil ??= time;
    },
    read: (): DecisionTally => ({
      total,
      outcome: outcome.read(),
      reason: reason.read(),
      rule: rule.read(),
      warmupUntil,
    }),
  };
};
