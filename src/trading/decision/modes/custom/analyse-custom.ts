import { candleCloseTime, type Candle } from "../../../market/candle";
import { createAtr } from "../../../market/indicators/atr";
import { computeLast } from "../../../market/indicators/indicator";
import { createSupertrend } from "../../../market/indicators/supertrend";
import type { PositionSide } from "../../../portfolio/position-side";
import type { Analysis, MarketQuestion } from "../../basis/analysis";
import { toEvidence } from "../../basis/condition-reading";
import type { Evidence } from "../../basis/decision";
import { shownIn, type CustomReads, type ExitReads, type SetupReads, type SideReads } from "./custom-reads";
import { packExit, type Candidate, type CustomReadings, type ExitReading } from "./custom-readings";
import { createConditions } from "./evaluate-condition";
import { readCondition, type RuleReader } from "./read-condition";
import { readRuleMarket, type RuleMarket } from "./rule-market";
import { createValues } from "./rule-values";
import { scoreSetup, type SetupScore } from "./score-setup";

type Reader = RuleReader & { readonly market: RuleMarket };
type Scored = { readonly setup: SetupReads; readonly scored: SetupScore };
type SideRead = {
  readonly candidate: Candidate | null;
  readonly evidence: readonly Evidence[];
  readonly exits: readonly ExitReading[];
};

/** The setup that scored highest, the first of equal ones; only its lines count. */
const bestOf = (setups: readonly Scored[]): Scored | undefined =>
  setups
    .filter(({ scored }) => scored.score !== null)
    .toSorted((one, other) => (other.scored.score ?? 0) - (one.scored.score ?? 0))[0];

const toCandidate = ({ setup, scored }: Scored, { valueAt }: RuleReader): Candidate => ({
  setup: setup.code,
  score: scored.score ?? 0,
  isMet: scored.isMet,
  stopFrom: setup.stop.from === null ? null : valueAt(setup.stop.from, 0),
  targetFrom: setup.target.from === null ? null : valueAt(setup.target.from, 0),
});

/** When the rule last turned from its other state; null: at no candle of the window. */
const turnedAt = ({ turnedFrom }: ExitReads, { market, holdsAt }: Reader): number | null => {
  if (turnedFrom === null) return null;
  const { candles, timeframe } = market;
  for (let back = 1; back < candles.length; back += 1) {
    const after = candles.at(-back);
    if (after !== undefined && holdsAt(turnedFrom, back) === true) return candleCloseTime(after, timeframe);
  }
  return null;
};

const readExit = (exit: ExitReads, reader: Reader): ExitReading => {
  const reading = readCondition(exit.when, reader);
  return { ...reading, turnedAt: reading.met === true ? turnedAt(exit, reader) : null };
};

const readSide = (side: PositionSide, { setups, exits }: SideReads, reader: Reader): SideRead => {
  const scored = setups.map((setup) => ({ setup, scored: scoreSetup(setup, reader) }));
  const best = bestOf(scored);
  const evidence = scored.flatMap((one) =>
    shownIn(one.setup).map(({ category, condition }, index) => {
      const { weight = 0, contribution = 0 } = one.scored.shares[index] ?? {};
      const labels = {
        side,
        category,
        condition: condition.code,
        weight,
        contribution: one === best ? contribution : 0,
      };
      return toEvidence(readCondition(condition.when, reader), labels);
    }),
  );
  return {
    candidate: best ? toCandidate(best, reader) : null,
    evidence,
    exits: exits.map((exit) => readExit(exit, reader)),
  };
};

const readTrail = (candles: readonly Candle[]) => ({
  atr14: computeLast(createAtr(14), candles) ?? null,
  supertrend: computeLast(createSupertrend(), candles) ?? null,
});

/**
 * What a trader's rules say of a market at a time: both sides scored, with their evidence, and what exits look at. Reads
 * closed candles only. Throws RangeError when candles are out of order or off the grid.
 */
export const analyseCustom = (question: MarketQuestion<CustomReads>): Analysis<CustomReadings> => {
  const market = readRuleMarket(question);
  const { candles } = market;
  const candle = candles.at(-1);
  if (candle === undefined) return { candle: null, scores: null, evidence: [], readings: { candles: 0, last: null } };
  const valueAt = createValues(market);
  const reader: Reader = { market, valueAt, holdsAt: createConditions(valueAt) };
  const long = readSide("long", question.settings.long, reader);
  const short = readSide("short", question.settings.short, reader);
  return {
    candle: candle.openTime,
    scores: { long: long.candidate?.score ?? 0, short: short.candidate?.score ?? 0 },
    evidence: [...long.evidence, ...short.evidence],
    readings: {
      candles: candles.length,
      last: {
        close: candle.close,
        ...readTrail(candles),
        candidates: { long: long.candidate, short: short.candidate },
        exits: { long: long.exits.map(packExit), short: short.exits.map(packExit) },
      },
    },
  };
};
