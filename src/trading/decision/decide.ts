import { invariant } from "../invariant";
import { lastCandles } from "../market/candle-range";
import { firstFrom } from "../market/first-from";
import { floorToGrid, timeframeMs } from "../market/timeframe";
import { hasExitTerms, mergeExitTerms, NO_EXIT_TERMS } from "../portfolio/exit-terms";
import type { Decision } from "./basis/decision";
import type { Analysis, MarketQuestion, SeriesQuestion } from "./basis/analysis";
import type {
  DecisionMode,
  DecisionSeries,
  DecisionSettings,
  ModeQuestion,
  ModeSettings,
  SlotSpan,
} from "./basis/decision-mode";
import { MODES, type Modes } from "./modes/registry";

/** The mode that the settings name. It always exists, because the settings schema only accepts these modes. */
export const modeOf = ({ mode }: Pick<ModeSettings, "mode">, modes: Modes = MODES): DecisionMode => {
  const found = modes[mode];
  invariant(found, `there is no mode "${mode}"`);
  return found;
};

/** The series of the bot's mode; the first is the decision candle. */
export const decisionTimeframes = (
  settings: ModeSettings,
  modes: Modes = MODES,
): [DecisionSeries, ...DecisionSeries[]] => modeOf(settings, modes).series(settings.decision);

/** Whether the bot's mode has anything to decide at a slot. */
export const isDecisionDue = (settings: ModeSettings, span: SlotSpan, modes: Modes = MODES): boolean =>
  modeOf(settings, modes).isDue(settings.decision, span);

/**
 * The time (ms) that an analysis at a slot is of: when a candle of any of its series closed last. Every slot until the
 * next close reads the same.
 */
export const analysisTime = (settings: ModeSettings, slot: number, modes: Modes = MODES): number =>
  lastClose(slot, decisionTimeframes(settings, modes));

const lastClose = (slot: number, series: readonly DecisionSeries[]): number =>
  Math.max(...series.map(({ timeframe }) => floorToGrid(slot, timeframeMs(timeframe))));

/** The part of the settings that an analysis depends on, as plain JSON. */
export const analysedSettings = (settings: ModeSettings, modes: Modes = MODES): unknown =>
  modeOf(settings, modes).reads(settings.decision);

export type AnalysisInput = Omit<MarketQuestion<never>, "settings"> & { readonly settings: ModeSettings };

/** Has the bot's mode read a market at a slot: the same for all whose settings agree in what it reads. */
export const analyse = ({ settings, time, series }: AnalysisInput, modes: Modes = MODES): Analysis => {
  const mode = modeOf(settings, modes);
  return mode.analyse({ time: analysisTime(settings, time, modes), series, settings: mode.reads(settings.decision) });
};

/** A market's candles in full, one list for each series of the mode, and the slots (ms, ascending) to read it at. */
export type SeriesInput = Omit<AnalysisInput, "time"> & { readonly slots: readonly number[] };

/**
 * Answers for the index of a slot what `analyse` reads there of the ranges `lastCandles` of its series, to the last bit.
 * The lists may begin long before the first slot and end after the last: what had not closed at a slot is not read.
 * Nearly all work is done at once, before the first answer, so ask with the slots that are needed only, and keep the
 * function, not its answers: they are cheap and hold much. Read `evidence` off an answer, do not copy it by `...`.
 * An answer is for `decideBy`. What is decided so may have no evidence.
 * Throws RangeError where candles are out of order or off the grid, also between those that a slot would read.
 */
export const analyseSeries = (
  { settings, slots, series }: SeriesInput,
  modes: Modes = MODES,
): ((index: number) => Analysis) => {
  const mode = modeOf(settings, modes);
  const reads = mode.reads(settings.decision);
  const wanted = decisionTimeframes(settings, modes);
  const times = slots.map((slot) => lastClose(slot, wanted));
  const question = { times, settings: reads, series };
  const read = mode.analyseSeries ? mode.analyseSeries(question) : { at: oneByOne(mode, wanted, question) };
  return (index) => {
    invariant(times[index] !== undefined, `the series has no slot ${index}`);
    return read.at(index);
  };
};

/** For a mode without a faster way: finds the candles of each time, and has it read them. */
const oneByOne = (
  mode: DecisionMode,
  wanted: readonly DecisionSeries[],
  { times, settings, series }: SeriesQuestion<unknown>,
): ((index: number) => Analysis) => {
  const openTimes = series.map((candles) => candles.map(({ openTime }) => openTime));
  return (index) => {
    const time = times[index] as number;
    const parts = wanted.map((part, at) => {
      const opened = openTimes[at] ?? [];
      const from = firstFrom(opened, lastCandles({ ...part, closedBy: time }).from);
      return (series[at] ?? []).slice(from, firstFrom(opened, time - timeframeMs(part.timeframe) + 1));
    });
    return mode.analyse({ time, series: parts, settings });
  };
};

type BotSettings = DecisionSettings & { readonly pairs: readonly string[] };
/** What a bot asks of its mode about one pair, where the market was read. */
export type BotQuestion = Omit<ModeQuestion<never, unknown>, "settings" | "pairs"> & { readonly settings: BotSettings };

/** An entry with the exits of the bot's settings, where they set any. The control has none. */
const withExits = (decision: Decision, { exits }: BotSettings, mode: DecisionMode): Decision => {
  if (decision.action !== "open" || mode.isControl || exits === undefined) return decision;
  const terms = mergeExitTerms(exits, decision.exits ?? NO_EXIT_TERMS);
  return { ...decision, exits: hasExitTerms(terms) ? terms : null };
};

/** What the bot's mode wants for one pair where the market reads so. All modes answer by one contract. */
export const decideBy = ({ settings, ...question }: BotQuestion, modes: Modes = MODES): Decision => {
  const mode = modeOf(settings, modes);
  const decision = mode.decide({ ...question, pairs: settings.pairs.length, settings: settings.decision });
  if (question.position === null) return withExits(decision, settings, mode);
  return { ...decision, trailBy: mode.trailBy(question.analysis) };
};

export type DecisionInput = AnalysisInput & Omit<BotQuestion, "analysis">;

/** Reads a market and decides in one go. */
export const decide = (input: DecisionInput, modes: Modes = MODES): Decision => {
  const { pair, settings, position, wasHeld } = input;
  return decideBy({ pair, settings, position, wasHeld, analysis: analyse(input, modes) }, modes);
};
