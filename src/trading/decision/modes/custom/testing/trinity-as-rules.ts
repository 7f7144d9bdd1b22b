/** Trinity's rules (TRADING 4) as the data that a trader would write. */
type Side = "long" | "short";

const indicator = (code: string, output?: string, period?: number) => ({
  indicator: code,
  ...(output !== undefined && { output }),
  ...(period !== undefined && { parameters: { period } }),
});
const cloud = (output: string) => indicator("ichimoku", output);
const delta = (output: string) => indicator("volume-delta", output);
const second = (operand: object) => ({ ...operand, timeframe: "second" });

const SMA200 = indicator("sma", "line", 200);
const EMA20 = indicator("ema", "line", 20);
const SURGE = { of: delta("sigma"), times: 2 };
const DEPTH = {
  greatest: [
    { of: EMA20, times: 0.005 },
    { of: indicator("atr", "line", 14), times: 0.5 },
  ],
};

const named = (code: string, when: object) => ({ code, name: code.replaceAll("-", " "), when });
const beyond = (side: Side, left: unknown, right: unknown) => ({ left, is: side === "long" ? ">" : "<", right });
const edge = (side: Side) => cloud(side === "long" ? "cloudTop" : "cloudBottom");
const otherEdge = (side: Side) => cloud(side === "long" ? "cloudBottom" : "cloudTop");
const stochastic = (output: string) => indicator("stochastic", output);

const regime = (side: Side) => [
  named("close-sma200", beyond(side, "close", SMA200)),
  named("cloud-aligned", {
    all: [
      beyond(side, "close", edge(side)),
      beyond(side, cloud("tenkan"), cloud("kijun")),
      beyond(side, cloud("spanA"), cloud("spanB")),
    ],
  }),
];

const trend = (side: Side) => [
  named("directional-adx14", {
    all: [
      beyond(side, indicator("adx", "plusDi", 14), indicator("adx", "minusDi", 14)),
      { left: indicator("adx", "adx", 14), is: ">", right: 25 },
    ],
  }),
  named("close-cloud", beyond(side, "close", edge(side))),
  named("tenkan-kijun", beyond(side, cloud("tenkan"), cloud("kijun"))),
];

const entry = (side: Side) => [
  named("ema20-pullback", {
    all: [
      side === "long"
        ? { left: "low", is: "<=", right: { difference: [EMA20, DEPTH] } }
        : { left: "high", is: ">=", right: { sum: [EMA20, DEPTH] } },
      beyond(side, "close", EMA20),
    ],
  }),
  named("cloud-cross", {
    left: "close",
    crosses: side === "long" ? "up" : "down",
    over: edge(side),
    from: otherEdge(side),
  }),
];

const momentum = (side: Side) => [
  named("rsi14", {
    left: indicator("rsi", "line", 14),
    is: side === "long" ? "<" : ">",
    right: side === "long" ? 40 : 60,
  }),
  named("macd-signal", beyond(side, indicator("macd", "line"), indicator("macd", "signal"))),
  named("obv-sma14", beyond(side, indicator("obv", "line", 14), indicator("obv", "average", 14))),
  named("cumulative-delta", beyond(side, delta("cumulative"), 0)),
];

const volume = () => [
  named("volume-sma20", { left: "volume", is: ">", right: indicator("volume-average", "line", 20) }),
  named("delta-surge", {
    left: { greatest: [delta("bar"), { of: delta("bar"), times: -1 }] },
    is: ">",
    right: SURGE,
  }),
];

const volatility = (side: Side) => [
  named("band-expansion", { yes: indicator("band-expansion", "isExpanded") }),
  named("stochastic-cross", {
    left: stochastic("k"),
    crosses: side === "long" ? "up" : "down",
    over: stochastic("d"),
  }),
  named("vwap-band", beyond(side, "close", indicator("vwap-bands", side === "long" ? "upper" : "lower"))),
  named("delta-divergence", {
    all: [
      { left: delta("recentRange"), is: "<", right: 0.01 },
      { left: { of: delta("recent"), times: side === "long" ? 1 : -1 }, is: ">", right: SURGE },
    ],
  }),
];

const secondTrend = (side: Side) => ({
  all: [
    beyond(side, second(indicator("price", "close")), second(EMA20)),
    { left: second(indicator("adx", "adx", 14)), is: ">", right: 20 },
  ],
});

const divergence = (side: Side) => ({
  yes: indicator("macd-divergence-so-far", side === "long" ? "regularBullish" : "regularBearish"),
});

const adjustments = (side: Side, other: Side) => [
  { ...named("confirm-agrees", secondTrend(side)), by: "add", amount: 0.05 },
  { ...named("divergence-with", divergence(side)), by: "add", amount: 0.05 },
  { ...named("divergence-against", divergence(other)), by: "add", amount: -0.05 },
  { ...named("confirm-opposes", secondTrend(other)), by: "multiply", amount: 0.8 },
];

const RULES = { regime, trend, entry, momentum, volume, volatility };
const WEIGHTS = { regime: 0.25, trend: 0.2, entry: 0.2, momentum: 0.2, volume: 0.1, volatility: 0.05 } as const;
const CATEGORIES = Object.entries(WEIGHTS) as [keyof typeof WEIGHTS, number][];

const SIZES = [
  { scoreMin: 0.95, sizeFraction: 0.1 },
  { scoreMin: 0.8, sizeFraction: 0.08 },
  { scoreMin: 0.65, sizeFraction: 0.06 },
  { scoreMin: 0.5, sizeFraction: 0.04 },
];

const PRESETS = {
  default: { scoreMin: 0.65, trigger: "entry" },
  original: { scoreMin: 0.5, trigger: null },
} as const;
export type TrinityPreset = keyof typeof PRESETS;

const exitsOf = (side: Side) => {
  const isLong = side === "long";
  const isUp = indicator("supertrend", "isUp");
  const closeTo = (is: string) => ({ left: "close", is, right: SMA200 });
  return [
    {
      code: "supertrend",
      name: "Supertrend",
      when: isLong ? { no: isUp } : { yes: isUp },
      turnedFrom: isLong ? { yes: isUp } : { no: isUp },
    },
    { code: "sma200", name: "SMA200", when: closeTo(isLong ? "<" : ">"), turnedFrom: closeTo(isLong ? ">" : "<") },
    {
      code: "rsi",
      name: "RSI14",
      when: { left: indicator("rsi", "line", 14), is: isLong ? ">" : "<", right: isLong ? 75 : 25 },
    },
  ];
};

const sideOf = (side: Side, preset: TrinityPreset) => ({
  setups: [
    {
      kind: "weighted",
      code: "confluence",
      name: "Confluence",
      ...PRESETS[preset],
      sizes: SIZES,
      stop: { fraction: 0.035 },
      target: { fraction: 0.08 },
      categories: CATEGORIES.map(([code, weight]) => ({ code, name: code, weight, any: RULES[code](side) })),
      adjustments: adjustments(side, side === "long" ? "short" : "long"),
    },
  ],
  exits: exitsOf(side),
});

/** The settings of a custom bot that decides as Trinity does. */
export const trinityAsRules = (preset: TrinityPreset = "default") => ({
  timeframe: "1h",
  secondTimeframe: "4h",
  long: sideOf("long", preset),
  short: sideOf("short", preset),
});
