import { findEntry, isOver, trendOf, type EntryPlan, type Frames } from "./find-entry";
import type { ScriptedTrader } from "./scripted-trader";
import { readAskedPairs, readToldFacts } from "./told-facts";
import { readToldLimits, type ToldLimits } from "./told-limits";
import { readToldMarket, type Told, type ToldMarket, type ToldPosition } from "./told-market";

type Grounds = {
  readonly pair: string;
  readonly confidence: number;
  readonly thesis: string;
  readonly evidence: Told[];
};
type Answer = Grounds &
  (
    | { readonly action: "hold" | "close" }
    | {
        readonly action: "open_long" | "open_short";
        readonly stop_loss: number;
        readonly take_profit: number;
        readonly invalidation: readonly object[];
      }
  );

const THESIS_MAX = 600;

/** What a decision rests on: the averages and the strength of the shorter timeframe, and the trend of the longer one. */
const evidenceOf = ({ frame, context }: ToldMarket): Told[] => [
  ...(frame === null ? [] : [frame.close, frame.ema20, frame.ema50, frame.rsi14, frame["range-position"]]),
  ...(context === null ? [] : [context.close, context.ema50, context.rsi14]),
];

type Saying = { readonly confidence: number; readonly thesis: string; readonly evidence?: Told[] };

const groundsOf = (market: ToldMarket, { confidence, thesis, evidence = evidenceOf(market) }: Saying): Grounds => ({
  pair: market.pair,
  confidence,
  thesis: thesis.slice(0, THESIS_MAX),
  evidence,
});

const hold = (market: ToldMarket, thesis: string, confidence = 0.5): Answer => ({
  ...groundsOf(market, { confidence, thesis }),
  action: "hold",
});

const enter = (market: ToldMarket, { frame, context }: Frames, { direction, ...plan }: EntryPlan): Answer => {
  const [course, move, side] = direction === 1 ? ["up", "dip", "long"] : ["down", "rally", "short"];
  const thesis =
    `On ${context.timeframe} the trend goes ${course}: the close and the EMA(20) are beyond the EMA(50). On ${frame.timeframe} ` +
    `a ${move} has taken the RSI(14) to ${frame.rsi14.value} at the edge of the last 20 candles, and has not broken that trend. ` +
    `The ${side} is wrong when two closes come half-way to the stop, or when nothing comes of it in two days.`;
  const evidence = [...evidenceOf(market), context.ema20, frame.atr14];
  return {
    ...groundsOf(market, { confidence: plan.confidence, thesis, evidence }),
    action: direction === 1 ? "open_long" : "open_short",
    stop_loss: plan.stop,
    take_profit: plan.target,
    invalidation: plan.invalidation,
  };
};

/** Why a position should go; null: what it was opened for is still so. */
const findExit = ({ frame, context }: ToldMarket, { side }: ToldPosition): string | null => {
  const direction = side === "long" ? 1 : -1;
  if (frame === null || context === null) return null;
  if (trendOf(context) === -direction) return `${context.timeframe} has turned against it`;
  return isOver(frame, direction)
    ? `on ${frame.timeframe} the RSI(14) of ${frame.rsi14.value} shows that the pullback is over`
    : null;
};

const keep = (market: ToldMarket, position: ToldPosition): Answer => {
  const { side, gain } = position;
  const exit = findExit(market, position);
  const standing = gain === null ? "" : `, at ${gain.value} % before fees`;
  if (exit === null) return hold(market, `The ${side} stays${standing}: the trend that it is of goes on.`, 0.6);
  const thesis = `The ${side} is closed${standing}: ${exit}.`;
  const evidence = [...evidenceOf(market), ...(gain === null ? [] : [gain])];
  return { ...groundsOf(market, { confidence: 0.7, thesis, evidence }), action: "close" };
};

const decide = (market: ToldMarket, limits: ToldLimits): Answer => {
  const { pair, position } = market;
  if (position !== null) return keep(market, position);
  const search = findEntry(market, limits);
  return "plan" in search
    ? enter(market, search.frames, search.plan)
    : hold(market, `No entry in ${pair}: ${search.because}.`);
};

const isEntry = ({ action }: Answer): boolean => action === "open_long" || action === "open_short";

/** The surest entries first, as far as there is room; the others wait. */
const withinRoom = (answers: readonly Answer[], markets: ReadonlyMap<string, ToldMarket>, room: number): Answer[] => {
  const surest = answers.filter(isEntry).toSorted((one, other) => other.confidence - one.confidence);
  const late = new Set(surest.slice(Math.max(0, room)));
  return answers.map((answer) => {
    const market = markets.get(answer.pair);
    if (!late.has(answer) || market === undefined) return answer;
    return hold(market, `${answer.pair} could be entered, but as many positions are open as may be.`);
  });
};

const tell = ({ pair, action, thesis }: Answer): string => `${pair}: ${action.replace("_", " ")}. ${thesis}`;

/**
 * The scripted trader: goes with the trend of the longer timeframe, long or short, at a pullback of the shorter one, and
 * closes when that is over or the trend has turned. It cites what it read as it was told. Of driftless markets it enters on
 * 1 to 3 % of closed candles (trade-facts.seeds.test.ts).
 */
export const tradeFacts: ScriptedTrader = (prompt) => {
  const facts = readToldFacts(prompt);
  const limits = readToldLimits(prompt.system, facts);
  const markets = new Map(readAskedPairs(prompt).map((pair) => [pair, readToldMarket(facts, pair)]));
  const answers = [...markets.values()].map((market) => decide(market, limits));
  const decisions = withinRoom(answers, markets, limits.room);
  return { thoughts: decisions.map(tell).join("\n"), input: { decisions } };
};
