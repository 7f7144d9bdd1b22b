import type { BotSettings } from "../bot-settings";
import { modeOf } from "../decision/decide";
import { isControl } from "../decision/is-control";
import { decimal, Decimal, toTick, type DecimalInput } from "../money";
import { planTerms, type ExitPlan } from "../portfolio/exit-plan";
import type { OrderedExits } from "../portfolio/ordered-exits";
import type { PlannedPosition } from "../portfolio/position";
import { judgeLevel, judgeMove, onTick } from "./order-stop";
import { refuse, type Refused } from "./refused";

/** The settings that a position shall follow from `at` (ms of venue time) on. `isLooser`: also where its stop protects less. */
export type WantedExits = {
  readonly settings: BotSettings;
  readonly version: number;
  readonly isLooser: boolean;
  readonly at: number;
};

type Terms = { readonly tick: DecimalInput; readonly openedBy: Pick<BotSettings, "mode"> };
type Distance = number | null;

/** How far its mode puts a level for this side, as a fraction of the entry; null: what it read in the market said it. */
const distanceOf = ({ side }: PlannedPosition, settings: BotSettings, what: "stop" | "target"): Distance => {
  const plans = modeOf(settings).plans(settings.decision, settings.pairs.length);
  const found = new Set(plans.filter(({ sides }) => sides.includes(side)).map((plan) => plan[what]));
  const [only] = found;
  return found.size === 1 && typeof only === "number" ? only : null;
};

const priceAt = ({ side, entryPrice }: PlannedPosition, fraction: number): Decimal =>
  entryPrice.times(decimal(1).plus(decimal(fraction).times(side === "long" ? 1 : -1)));

const readExits = (
  position: PlannedPosition,
  { settings, version, at }: WantedExits,
  tick: DecimalInput,
): OrderedExits => {
  const [stop, target] = [distanceOf(position, settings, "stop"), distanceOf(position, settings, "target")];
  const level = target === null ? null : Decimal.max(toTick(priceAt(position, target), tick), tick);
  return {
    at,
    version,
    stopLoss: stop === null ? null : onTick(position, priceAt(position, -stop).toFixed(), tick).toFixed(),
    takeProfit: level?.toFixed() ?? null,
    ...planTerms(position, settings.exits, tick),
  };
};

const isReached = ({ side, mark }: PlannedPosition, price: DecimalInput): boolean =>
  side === "long" ? mark.gte(price) : mark.lte(price);

/** What would close it at the next open already: to leave now a trader closes it. */
const judgeReached = (
  position: PlannedPosition,
  { takeProfit, targets, timeExitAt, at }: OrderedExits,
): Refused | null => {
  const reached = [takeProfit, ...targets.map(({ target }) => target)].find(
    (price) => price !== null && isReached(position, price),
  );
  if (reached) return refuse(`its price is beyond the target ${reached} already: to leave now, close it`);
  return timeExitAt !== null && timeExitAt <= at
    ? refuse("its time is over by these settings: to leave now, close it")
    : null;
};

const judgeStop = (
  position: PlannedPosition,
  level: string | null,
  { settings, isLooser }: WantedExits,
): Refused | null => {
  if (level === null || position.stopLoss?.eq(level) === true) return null;
  const terms = { tick: 1, openedBy: settings };
  const ofPresent = { ...position, exitPlan: { ...position.exitPlan, stopOrdered: null } };
  return judgeLevel(position, decimal(level), terms) ?? judgeMove(ofPresent, decimal(level), isLooser);
};

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether a position has all of that already. */
const isSame = ({ stopLoss, takeProfit, exitPlan }: PlannedPosition, wanted: OrderedExits): boolean =>
  (wanted.stopLoss === null || stopLoss?.eq(wanted.stopLoss) === true) &&
  (wanted.takeProfit === null || takeProfit?.eq(wanted.takeProfit) === true) &&
  sameText(
    exitPlan.remainingLegs.map(({ target, share }) => ({ target, share })),
    wanted.targets,
  ) &&
  sameText(
    [exitPlan.breakEven, exitPlan.trail, exitPlan.timeExitAt],
    [wanted.breakEven, wanted.trail, wanted.timeExitAt],
  );

/**
 * The plan of a position whose trader wants the exits of other settings for it, from the next candle on; or why it keeps
 * those it has. What those settings leave to the market, its stop or its target, stays. What proves its idea wrong, and
 * the rules by which its mode closes it, stay those of the version that opened it.
 */
export const orderExits = (
  position: PlannedPosition,
  wanted: WantedExits,
  { tick, openedBy }: Terms,
): { readonly exitPlan: ExitPlan; readonly exits: OrderedExits } | Refused => {
  const { exitPlan } = position;
  const isOfControl = isControl(openedBy) || isControl(wanted.settings);
  if (isOfControl) return refuse("the control holds whatever comes: it has no exits");
  if (exitPlan.closeOrderedAt !== null) return refuse("it was ordered closed: it leaves at the next open");
  const exits = readExits(position, wanted, tick);
  if (isSame(position, exits)) return refuse(`its exits are those of version ${wanted.version} already`);
  const refused = judgeStop(position, exits.stopLoss, wanted) ?? judgeReached(position, exits);
  return refused ?? { exitPlan: { ...exitPlan, stopOrdered: null, exitsOrdered: exits }, exits };
};

/** Whether the stop would protect less than the present one, so that the trader's word is needed. */
export const isStopLooser = (
  { side, stopLoss }: PlannedPosition,
  { stopLoss: level }: Pick<OrderedExits, "stopLoss">,
): boolean => level !== null && stopLoss !== null && (side === "long" ? stopLoss.gt(level) : stopLoss.lt(level));
