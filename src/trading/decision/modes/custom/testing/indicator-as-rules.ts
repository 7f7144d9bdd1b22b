/** The indicator mode's rules (TRADING 4) as the data that a trader would write. */
type Side = "long" | "short";

const ema = (period: number) => ({ indicator: "ema", parameters: { period } });
const RSI14 = { indicator: "rsi", parameters: { period: 14 } };
const channel = (side: Side, ago = 0) => ({
  indicator: "donchian-channel",
  parameters: { period: 20 },
  output: side === "long" ? "upper" : "lower",
  ago,
});

const DEPTH = { of: { indicator: "atr", parameters: { period: 14 } }, times: 0.5 };
const COMMON = {
  kind: "conditions",
  scoreMin: 0.65,
  sizes: [{ sizeFraction: 0.1 }],
  target: { fraction: 0.05 },
  exits: { timeExitMinutes: 24 * 60 },
};

const named = (code: string, when: object) => ({ code, name: code, when });
const beyond = (side: Side, left: unknown, right: unknown) => ({ left, is: side === "long" ? ">" : "<", right });
/** The RSI of a short is read from the other end. */
const mirrored = (side: Side, rsi: number): number => (side === "long" ? rsi : 100 - rsi);
const rsiAtMost = (side: Side, rsi: number) => ({
  left: RSI14,
  is: side === "long" ? "<=" : ">=",
  right: mirrored(side, rsi),
});

const VOLUME = named("volume-mean", {
  left: "volume",
  is: ">=",
  right: { of: { indicator: "volume-average", parameters: { period: 20 } }, times: 0.8 },
});

const pullback = (side: Side) => ({
  ...COMMON,
  code: "pullback",
  name: "Pullback",
  all: [
    named("close-ema50", beyond(side, "close", ema(50))),
    named("ema9-ema21", beyond(side, ema(9), ema(21))),
    named("rsi-pullback", beyond(side, mirrored(side, 40), RSI14)),
    VOLUME,
  ],
  score: {
    tiers: [
      { when: rsiAtMost(side, 20), score: 0.9 },
      { when: rsiAtMost(side, 30), score: 0.8 },
    ],
    otherwise: 0.7,
  },
  stop: { fraction: 0.025 },
});

const breakout = (side: Side) => {
  const level = channel(side);
  const gone = { difference: side === "long" ? ["close", level] : [level, "close"] };
  const deep = side === "long" ? { sum: [level, DEPTH] } : { difference: [level, DEPTH] };
  const before = { indicator: "price", output: "close", ago: 1 };
  return {
    ...COMMON,
    code: "breakout",
    name: "Breakout",
    all: [
      named("close-level", beyond(side, "close", level)),
      named("level-fresh", { not: beyond(side, before, channel(side, 1)) }),
      named("level-depth", beyond(side, "close", deep)),
      named("rsi-breakout", beyond(side, RSI14, mirrored(side, 60))),
      VOLUME,
    ],
    score: { value: { least: [0.8, { of: { ratio: [gone, level] }, times: 10, plus: 0.6 }] } },
    stop: { from: level, fraction: 0.015 },
  };
};

const sideOf = (side: Side) => ({
  setups: [pullback(side), breakout(side)],
  exits: [
    {
      ...named("stretched", beyond(side, RSI14, mirrored(side, 80))),
      gainMin: 0.02,
      closeFraction: 0.5,
      rest: { trailing: { by: "percent", distanceFraction: 0.02 } },
      blocksEntry: false,
    },
  ],
});

/** The settings of a custom bot that decides as the indicator mode does by its defaults. */
export const indicatorAsRules = () => ({
  timeframe: "1h",
  warmUpCandles: 200,
  long: sideOf("long"),
  short: sideOf("short"),
});
