/** A start for a new bot: settings as a trader would write them, without pairs and interval, which its market decides. */
export type BotPreset = {
  readonly name: string;
  readonly title: string;
  /** For whom it is, in a sentence. */
  readonly summary: string;
  readonly settings: Readonly<Record<string, unknown>> & { readonly mode: string };
};

/** Rules that show how rules are written: dips in an uptrend of the slower timeframe. README.md explains them. */
const DIP_RULES = {
  timeframe: "1h",
  secondTimeframe: "4h",
  long: {
    setups: [
      {
        kind: "conditions",
        code: "dip",
        name: "Dip",
        all: [
          {
            code: "trend",
            name: "4h trend",
            when: {
              left: { indicator: "price", output: "close", timeframe: "second" },
              is: ">",
              right: { indicator: "ema", parameters: { period: 50 }, timeframe: "second" },
            },
          },
          {
            code: "rsi",
            name: "RSI14 low for two candles",
            when: { forCandles: 2, holds: { left: { indicator: "rsi" }, is: "<", right: 40 } },
          },
        ],
        score: 0.7,
        sizes: [{ sizeFraction: 0.05 }],
        stop: { from: "low", fraction: 0.01 },
        target: { fraction: 0.05 },
      },
    ],
    exits: [{ code: "rsi-high", name: "RSI14 high", when: { left: { indicator: "rsi" }, is: ">", right: 70 } }],
  },
};

/** A control must be in the market: limits of size and pace would only delay it. None about losses binds it. */
const CONTROL_RISK = {
  entriesPerCycleMax: 10,
  openPositionsMax: 20,
  positionMarginMax: 1,
  totalMarginMax: 1,
  correlationMax: 1,
};

/** The starts that are offered; the first is the default. */
export const BOT_PRESETS = [
  {
    name: "trinity",
    title: "Trinity",
    summary: "Scores both sides by six categories and enters rarely, on a trigger. A calm start.",
    settings: { mode: "trinity" },
  },
  {
    name: "trinity-original",
    title: "Trinity, looser",
    summary: "The same from a score of 0.50 and without a trigger: many more trades, many of them poor.",
    settings: { mode: "trinity", decision: { preset: "original" } },
  },
  {
    name: "indicator",
    title: "Indicator",
    summary: "Pullbacks in a trend and fresh breakouts, each with a stop of its own.",
    settings: { mode: "indicator" },
  },
  {
    name: "pullback",
    title: "Pullbacks",
    summary: "Pullbacks alone, from a milder RSI: more of them than the indicator start has.",
    settings: { mode: "indicator", decision: { preset: "pullback" } },
  },
  {
    name: "custom",
    title: "Custom rules",
    summary: "Your own conditions. It begins with an example that buys dips in an uptrend.",
    settings: { mode: "custom", decision: DIP_RULES },
  },
  {
    name: "llm",
    title: "Language model",
    summary: "A model proposes by your strategy; code checks each number that it cites. Begins with the scripted one.",
    settings: { mode: "llm" },
  },
  {
    name: "buy-and-hold",
    title: "Buy and hold",
    summary: "The control: buys each pair once and keeps it without a stop. All of it can be lost.",
    settings: { mode: "buy-and-hold", risk: CONTROL_RISK },
  },
] as const satisfies readonly BotPreset[];

/** Undefined: there is none of this name. */
export const findPreset = (name: string): BotPreset | undefined => BOT_PRESETS.find((preset) => preset.name === name);
