import { decimal, priceToMoney, toPlain } from "../../../money";
import { NO_EXIT_TERMS, type ExitTerms } from "../../../portfolio/exit-terms";
import type { PositionSide } from "../../../portfolio/position-side";
import { compare, toEvidence, type ConditionReading } from "../../basis/condition-reading";
import { holdDecision, type Decision } from "../../basis/decision";
import type { HeldPosition, ModeQuestion } from "../../basis/decision-mode";
import type { CommonReason } from "../../basis/reason-codes";
import type { IndicatorRead, IndicatorReadings } from "./analyse-indicator";
import type { IndicatorSettings } from "./indicator-settings";
import type { SetupName } from "./indicator-setups";
import { INDICATOR_CANDLES_NEEDED } from "./indicator-signals";

export type IndicatorQuestion = Omit<ModeQuestion<IndicatorSettings, IndicatorReadings>, "pairs" | "wasHeld">;
type IndicatorReason = CommonReason | "no-setup" | "tie" | "score-below-minimum" | "exit-stretched";

/** The code by which a part is closed once. */
const STRETCHED = "exit-stretched" satisfies IndicatorReason;

const hold = holdDecision<IndicatorReason>;
const HUNDRED = 100;
const MINUTES_PER_HOUR = 60;

type Details = Pick<Decision, "decidedCandle" | "score" | "scores" | "evidence">;
const detailsOf = ({ analysis }: IndicatorQuestion, score: number): Details => ({
  decidedCandle: analysis.candle,
  score,
  scores: analysis.scores,
  evidence: [...analysis.evidence],
});

/** The share of the entry price that a position has gained by a close. */
const gainOf = ({ side, entryPrice }: HeldPosition, close: number): number =>
  (side === "long" ? 1 : -1) * (close / Number(entryPrice) - 1);

type Stretch = { readonly rsi: ConditionReading; readonly gain: ConditionReading };

const readStretch = (held: HeldPosition, { rsi14, close }: IndicatorRead, settings: IndicatorSettings): Stretch => ({
  rsi:
    held.side === "long"
      ? compare(rsi14, ">", settings.stretchedRsi)
      : compare(rsi14, "<", HUNDRED - settings.stretchedRsi),
  gain: compare(HUNDRED * gainOf(held, close), ">=", HUNDRED * settings.stretchedGainMin),
});

const exitEvidence = ({ rsi, gain }: Stretch, side: PositionSide) =>
  Object.entries({ "rsi-stretched": rsi, "gain-percent": gain }).map(([condition, reading]) =>
    toEvidence(reading, { side, category: "exit", condition, weight: 0, contribution: 0 }),
  );

/** Closes a part once, where RSI is stretched and enough is gained; all else is left to the position's plan. */
const decideHeld = (question: IndicatorQuestion, held: HeldPosition, last: IndicatorRead): Decision => {
  const { pair, settings, analysis } = question;
  const stretch = readStretch(held, last, settings);
  const details = detailsOf(question, analysis.scores?.[held.side] ?? 0);
  const shown = { ...details, evidence: [...details.evidence, ...exitEvidence(stretch, held.side)] };
  const isStretched = stretch.rsi.met === true && stretch.gain.met === true;
  if (!isStretched || held.partsTaken.includes(STRETCHED)) {
    const text = isStretched ? "its part is closed already, the rest trails" : "no exit rule holds";
    return hold(pair, { code: "position-open", text: `the ${held.side} stays open: ${text}` }, shown);
  }
  const text = `RSI14 is stretched and ${settings.stretchedGainMin * HUNDRED} % are gained: a part is closed, the rest trails`;
  return {
    ...hold(pair, { code: STRETCHED, text }, shown),
    action: "close",
    side: held.side,
    closeFraction: settings.stretchedCloseFraction,
    exits: {
      ...NO_EXIT_TERMS,
      trailing: { by: "percent", distanceFraction: settings.restTrailFraction, fromFraction: 0 },
    },
  };
};

type Candidate = { readonly side: PositionSide; readonly name: SetupName; readonly score: number };

/** The setups that the settings trade, best first; at equal scores a pullback, which has the nearer idea of wrong. */
const candidatesOf = ({ setups }: IndicatorRead, settings: IndicatorSettings): Candidate[] =>
  (["long", "short"] as const)
    .filter((side) => side === "long" || settings.sides === "both")
    .flatMap((side) => setups[side].map((setup) => ({ side, ...setup })))
    .filter(({ name }) => settings.setups === "both" || settings.setups === name)
    .toSorted((one, other) => other.score - one.score || other.name.localeCompare(one.name));

const pricesOf = ({ side, name }: Candidate, { close, levels }: IndicatorRead, settings: IndicatorSettings) => {
  const sign = side === "long" ? 1 : -1;
  const moved = (price: number, fraction: number): string =>
    toPlain(priceToMoney(price).times(decimal(1).plus(decimal(fraction).times(sign))));
  const stopLoss =
    name === "pullback"
      ? moved(close, -settings.pullbackStopFraction)
      : moved(levels[side] ?? close, -settings.breakoutStopFraction);
  return { entryPrice: toPlain(priceToMoney(close)), stopLoss, takeProfit: moved(close, settings.takeProfitFraction) };
};

const exitsOf = ({ timeExitHours }: IndicatorSettings): ExitTerms => ({
  ...NO_EXIT_TERMS,
  timeExitMinutes: timeExitHours * MINUTES_PER_HOUR,
});

const decideEntry = (question: IndicatorQuestion, last: IndicatorRead): Decision => {
  const { pair, settings } = question;
  const [best, second] = candidatesOf(last, settings);
  if (!best) {
    return hold(pair, { code: "no-setup", text: "no setup has all of its conditions met" }, detailsOf(question, 0));
  }
  const details = detailsOf(question, best.score);
  if (second && second.side !== best.side && second.score === best.score) {
    return hold(pair, { code: "tie", text: `long and short both score ${best.score}` }, details);
  }
  if (best.score < settings.entryScoreMin) {
    const text = `the ${best.name} ${best.side} scores ${best.score}, below ${settings.entryScoreMin}`;
    return hold(pair, { code: "score-below-minimum", text }, details);
  }
  const text = `${best.side} by ${best.name}: score ${best.score} of at least ${settings.entryScoreMin}`;
  return {
    ...hold(pair, { code: "entry", text }, details),
    action: "open",
    side: best.side,
    sizeFraction: settings.sizeFraction,
    leverage: settings.leverage,
    ...pricesOf(best, last, settings),
    exits: exitsOf(settings),
    invalidation: [`it is open for ${settings.timeExitHours} hours`],
  };
};

/** The mode's decision for one pair where its market reads so (TRADING 3 and 4). */
export const decideIndicator = (question: IndicatorQuestion): Decision => {
  const { pair, settings, position, analysis } = question;
  const { last, candles } = analysis.readings;
  if (last !== null && position !== null) return decideHeld(question, position, last);
  if (last !== null && candles >= INDICATOR_CANDLES_NEEDED) return decideEntry(question, last);
  const text = `${candles} closed ${settings.timeframe} candles since the last outage are there, ${INDICATOR_CANDLES_NEEDED} are needed`;
  return hold(pair, { code: "warming-up", text }, { decidedCandle: analysis.candle });
};
