import { z } from "zod";
import { invariant } from "../invariant";
import { MINUTE_MS } from "../market/duration";
import { decimal, Decimal, toLotDown, toTick, type DecimalInput } from "../money";
import { entryLegSchema, splitLeg, type EntryLeg } from "./entry-legs";
import { NO_EXIT_TERMS, type ExitTerms } from "./exit-terms";
import { amount, orderedExitsSchema, trailSchema, type OrderedExits } from "./ordered-exits";
import type { PositionSide } from "./position-side";

/** `share`: of the whole position, as it was asked for; absent in older plans. */
const part = z.strictObject({ target: amount, quantity: amount, share: z.number().optional() });
type ExitPart = z.infer<typeof part>;

/** `seen`: so many closes in a row were beyond the price. */
const conditionSchema = z.discriminatedUnion("on", [
  z.strictObject({
    on: z.literal("close"),
    operator: z.enum(["<", ">"]),
    price: amount,
    candles: z.number().int(),
    seen: z.number().int(),
  }),
  z.strictObject({ on: z.literal("time"), at: z.number().int(), unlessPrice: amount }),
]);
export type PlannedCondition = z.infer<typeof conditionSchema>;

const LEVELS = {
  /** As planned at entry; null: none. */
  stopLoss: amount.nullable(),
  takeProfit: amount.nullable(),
  /** The current level of the trailing stop; null: it did not trail yet. */
  trailLevel: amount.nullable(),
  /** Parts (not legs of its entry) that will still exit at a target of their own, nearest first, and those that did. */
  remainingLegs: z.array(part),
  filledTargets: z.array(part),
};

const NOTHING_MORE = {
  stopBy: "stop-loss",
  best: null,
  breakEven: null,
  trail: null,
  timeExitAt: null,
  conditions: [],
  pending: null,
  closeOrderedAt: null,
  stopOrdered: null,
  exitsOrdered: null,
} as const;

const planSchema = z.strictObject({
  version: z.literal(2),
  ...LEVELS,
  /** What put the position's stop where it is. */
  stopBy: z.enum(["stop-loss", "break-even", "trailing-stop"]),
  /** When the stop was last moved, ms of venue time: the next candle is the first that it protects in. */
  stopMovedAt: z.number().int().optional(),
  /** The best price since the entry, where a trail follows it or waits for it. */
  best: amount.nullable(),
  /** Once price has reached `at`, the stop goes to `level`; null: never, or done. */
  breakEven: z.strictObject({ at: amount, level: amount }).nullable(),
  trail: trailSchema.nullable(),
  /** ms of venue time. */
  timeExitAt: z.number().int().nullable(),
  conditions: z.array(conditionSchema),
  /** It closes at the next open, for this reason. */
  pending: z.literal("invalidation").nullable(),
  /** From when on (ms of venue time) its trader wants it closed, at the first open; null: they do not. */
  closeOrderedAt: z.number().int().nullable().default(null),
  /** Where its trader wants the stop from the first candle on that opens at `at` (ms of venue time); null: nowhere else. */
  stopOrdered: z.strictObject({ at: z.number().int(), level: amount }).nullable().default(null),
  /** The exits that its trader wants it to have; null: those that it has. */
  exitsOrdered: orderedExitsSchema.nullable().default(null),
  /** Reasons for which the bot's mode closed a part: it asks once for each. */
  partsTaken: z.array(z.string()),
  /** Legs of the position's entry: still to come (nearest first), entered, and those that will never be. */
  entryLegs: z.array(entryLegSchema).default([]),
  enteredLegs: z.array(entryLegSchema).default([]),
  droppedLegs: z.array(entryLegSchema).default([]),
  /** How often a later decision added to the position. */
  added: z.number().int().default(0),
  /** When (ms of venue time) it was last added to, and the quantities before and after; null: never. */
  addition: z.strictObject({ at: z.number().int(), from: amount, to: amount }).nullable().default(null),
});

/** A plan of the first version, which had only whole exits, as one of this version. Any other value is left as it is. */
const upgradePlan = (stored: unknown): unknown =>
  typeof stored === "object" && stored !== null && "version" in stored && stored.version === 1
    ? { ...NOTHING_MORE, conditions: [], partsTaken: [], ...stored, version: 2 }
    : stored;

/**
 * How a position will be closed, and how it is entered further before: the plan made at its entry, and the progress
 * since. Prices and quantities are plain decimal text. The current levels are the position's own stop and target.
 */
export const exitPlanSchema = z.preprocess(upgradePlan, planSchema);
export type ExitPlan = z.infer<typeof planSchema>;

/** What a plan is made of: the position as it opened, and the steps of its market. */
type Opened = {
  readonly side: PositionSide;
  readonly entryPrice: Decimal;
  readonly quantity: Decimal;
  readonly openedAt: number;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
};
type Steps = { readonly tick: DecimalInput; readonly lot: DecimalInput };

type LevelAt = (fraction: number) => string;

/** Prices a gain away from the entry, on the tick and never below one. */
const levelsFrom =
  ({ side, entryPrice }: Pick<Opened, "side" | "entryPrice">, tick: DecimalInput): LevelAt =>
  (fraction) => {
    const moved = entryPrice.times(decimal(1).plus(decimal(fraction).times(side === "long" ? 1 : -1)));
    return Decimal.max(toTick(moved, tick), tick).toFixed();
  };

const planTrail = (trailing: ExitTerms["trailing"], at: LevelAt): ExitPlan["trail"] => {
  if (trailing === null) return null;
  const from = trailing.fromFraction === 0 ? null : at(trailing.fromFraction);
  if (trailing.by === "percent") return { by: "percent", distance: trailing.distanceFraction, from };
  return trailing.by === "atr" ? { by: "atr", multiple: trailing.multiple, from } : { by: "supertrend", from };
};

/** Parts in whole lots, at most the position together. Those too small for a lot stay with the rest. */
export const planParts = (
  targets: readonly { readonly target: string; readonly share: number }[],
  { quantity }: Pick<Opened, "quantity">,
  lot: DecimalInput,
): ExitPart[] => {
  let left = quantity;
  return targets.flatMap(({ target, share }): ExitPart[] => {
    const leaving = Decimal.min(toLotDown(quantity.times(share), lot), left);
    if (leaving.isZero()) return [];
    left = left.minus(leaving);
    return [{ target, quantity: leaving.toFixed(), share }];
  });
};

/** What of a position's exits its settings alone decide, by the price of its entry. */
export const planTerms = (
  opened: Pick<Opened, "side" | "entryPrice" | "openedAt">,
  terms: Pick<ExitTerms, "breakEven" | "trailing" | "timeExitMinutes" | "targets">,
  tick: DecimalInput,
): Pick<OrderedExits, "targets" | "breakEven" | "trail" | "timeExitAt"> => {
  const { breakEven, trailing, timeExitMinutes, targets } = terms;
  const at = levelsFrom(opened, tick);
  return {
    targets: targets.map(({ atFraction, share }) => ({ target: at(atFraction), share })),
    breakEven: breakEven && { at: at(breakEven.fromFraction), level: at(breakEven.lockFraction) },
    trail: planTrail(trailing, at),
    timeExitAt: timeExitMinutes === null ? null : opened.openedAt + timeExitMinutes * MINUTE_MS,
  };
};

const planConditions = (invalidation: ExitTerms["invalidation"], openedAt: number): PlannedCondition[] =>
  invalidation.map((condition) =>
    condition.on === "close"
      ? { ...condition, seen: 0 }
      : { on: "time", at: openedAt + condition.minutes * MINUTE_MS, unlessPrice: condition.unlessPrice },
  );

/** The plan of a position that closes as a whole, at its stop or its target. */
export const planWholeExit = ({ stopLoss, takeProfit }: Pick<Opened, "stopLoss" | "takeProfit">): ExitPlan => ({
  version: 2,
  stopLoss: stopLoss?.toFixed() ?? null,
  takeProfit: takeProfit?.toFixed() ?? null,
  trailLevel: null,
  remainingLegs: [],
  filledTargets: [],
  ...NOTHING_MORE,
  conditions: [],
  partsTaken: [],
  entryLegs: [],
  enteredLegs: [],
  droppedLegs: [],
  added: 0,
  addition: null,
});

/** The plan of a position by the terms of the decision that opened it; without terms it closes as a whole. */
export const planExit = (opened: Opened, terms: ExitTerms | null, { tick, lot }: Steps): ExitPlan => {
  const wanted = terms ?? NO_EXIT_TERMS;
  const { targets, ...planned } = planTerms(opened, wanted, tick);
  return {
    ...planWholeExit(opened),
    ...planned,
    remainingLegs: planParts(targets, opened, lot),
    conditions: planConditions(wanted.invalidation, opened.openedAt),
  };
};

/** The plan without the legs that are still to come. */
export const dropLegs = (plan: ExitPlan): ExitPlan =>
  plan.entryLegs.length === 0
    ? plan
    : { ...plan, entryLegs: [], droppedLegs: [...plan.droppedLegs, ...plan.entryLegs] };

/** The plan after its next leg was reached and so much of it entered: the rest of that leg never is. */
export const noteLeg = (plan: ExitPlan, filled: Decimal): ExitPlan => {
  const [reached, ...entryLegs] = plan.entryLegs;
  invariant(reached, "a leg was reached that no plan has");
  const { entered, rest } = splitLeg(reached, filled);
  const droppedLegs = [...plan.droppedLegs, ...rest];
  return { ...plan, entryLegs, enteredLegs: [...plan.enteredLegs, ...entered], droppedLegs };
};

/** A part that a mode closed: why, and the terms for the rest. */
type PartTaken = { readonly reason: string; readonly terms: ExitTerms | null; readonly tick: DecimalInput };

/**
 * The plan of the rest of a position after its mode closed a part: it trails by the terms, where they say so, and nothing
 * more is entered.
 */
export const planRest = (plan: ExitPlan, opened: Opened, { reason, terms, tick }: PartTaken): ExitPlan => ({
  ...dropLegs(plan),
  trail: planTrail(terms?.trailing ?? null, levelsFrom(opened, tick)) ?? plan.trail,
  // An order that fills in parts took one part.
  partsTaken: [...new Set([...plan.partsTaken, reason])],
});

/** The plan of a position that a later decision added to. */
export const noteAddition = (
  plan: ExitPlan,
  { at, from, to }: { readonly at: number; readonly from: Decimal; readonly to: Decimal },
): ExitPlan => ({ ...plan, added: plan.added + 1, addition: { at, from: from.toFixed(), to: to.toFixed() } });

/** A position of which nothing more is entered. */
export const cancelLegs = <Held extends { readonly exitPlan: ExitPlan }>(position: Held): Held => {
  const exitPlan = dropLegs(position.exitPlan);
  return exitPlan === position.exitPlan ? position : { ...position, exitPlan };
};

/** The plan with legs of the entry still to come. */
export const withLegs = (plan: ExitPlan, entryLegs: readonly EntryLeg[]): ExitPlan =>
  entryLegs.length === 0 ? plan : { ...plan, entryLegs: [...entryLegs] };
