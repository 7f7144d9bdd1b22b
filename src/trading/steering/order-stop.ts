import type { BotSettings } from "../bot-settings";
import { isControl } from "../decision/is-control";
import { decimal, Decimal, type DecimalInput } from "../money";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import { formatPercent } from "../format-percent";
import { liquidationPrice } from "../settlement/liquidation";
import { refuse, type Refused } from "./refused";

/** Where a trader wants a stop. `at`: ms of venue time. `isLooser`: also where it protects less. */
export type WantedStop = { readonly level: string; readonly isLooser: boolean; readonly at: number };

/** Of the market its tick; of the settings that opened the position what they allow. */
type Terms = {
  readonly tick: DecimalInput;
  readonly openedBy: Pick<BotSettings, "mode"> & { readonly risk: Pick<BotSettings["risk"], "stopDistanceMax"> };
};

/** On the tick, away from the price. */
export const onTick = ({ side }: PlannedPosition, level: string, tick: DecimalInput): Decimal =>
  decimal(level).toNearest(tick, side === "long" ? Decimal.ROUND_DOWN : Decimal.ROUND_UP);

const isBeyond = ({ side }: PlannedPosition, level: Decimal, price: Decimal): boolean =>
  side === "long" ? level.lte(price) : level.gte(price);

export const judgeLevel = (position: PlannedPosition, level: Decimal, { openedBy }: Terms): Refused | null => {
  const { side, mark, entryPrice } = position;
  const below = side === "long" ? "below" : "above";
  if (level.lte(0)) return refuse("a stop needs a price above 0");
  if (!isBeyond(position, level, mark) || level.eq(mark)) {
    return refuse(`the stop of a ${side} is ${below} its last price ${mark.toFixed()}: to leave now, close it`);
  }
  const liquidated = liquidationPrice(position);
  if (isBeyond(position, level, liquidated)) {
    return refuse(`it would be liquidated at ${liquidated.toSignificantDigits(8).toFixed()}, before that stop`);
  }
  const { stopDistanceMax } = openedBy.risk;
  const isFar = level.minus(entryPrice).abs().gt(entryPrice.times(stopDistanceMax));
  if (isFar && isBeyond(position, level, entryPrice)) {
    return refuse(`a stop may be at most ${formatPercent(stopDistanceMax)} from the entry`);
  }
  return null;
};

/** Against the stop that it has, or will have by an order before. */
export const judgeMove = (
  { exitPlan, stopLoss, side }: PlannedPosition,
  level: Decimal,
  isLooser: boolean,
): Refused | null => {
  const present = exitPlan.stopOrdered === null ? stopLoss : decimal(exitPlan.stopOrdered.level);
  if (present === null) return null;
  if (present.eq(level)) return refuse(`its stop is at ${level.toFixed()} already`);
  const protectsLess = side === "long" ? level.lt(present) : level.gt(present);
  return protectsLess && !isLooser
    ? refuse(`that protects less than its stop at ${present.toFixed()}: say so if that is wanted`)
    : null;
};

/**
 * The plan of a position whose stop its trader moves, from the next candle on; or why it stays. A stop that protects less
 * than the present one needs the trader's word for it.
 */
export const orderStop = (
  position: PlannedPosition,
  { level, isLooser, at }: WantedStop,
  terms: Terms,
): { readonly exitPlan: ExitPlan } | Refused => {
  const exitPlan = { ...position.exitPlan, exitsOrdered: null };
  if (isControl(terms.openedBy)) return refuse("the control holds whatever comes: it has no stop");
  if (exitPlan.closeOrderedAt !== null) return refuse("it was ordered closed: it leaves at the next open");
  const wanted = onTick(position, level, terms.tick);
  const refused = judgeLevel(position, wanted, terms) ?? judgeMove(position, wanted, isLooser);
  if (refused) return refused;
  return { exitPlan: { ...exitPlan, stopOrdered: { at, level: wanted.toFixed() } } };
};
