import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { HOUR_MS } from "~/trading/market/duration";

export type DemoBot = {
  readonly name: string;
  readonly settings: BotSettings;
  /** How long before the demo opens the bot starts, ms; null: at the start of the history. */
  readonly historyMs: number | null;
};

/** 2.5 seconds at speed 720; a bot there may have an interval of 2 s at the least. */
const FAST_INTERVAL_SECONDS = 1800;

/** A short past: it makes as many cycles in half a day as the others in a day. */
const FAST_HISTORY_MS = 12 * HOUR_MS;
/** It decides once; its other cycles only mark its equity. */
const HOLD_INTERVAL_SECONDS = 4 * 3600;

/** The name of the demo's bot that asks a model: it says that a script answers in its place. */
export const SCRIPTED_BOT = "Scripted model 1h";

/** What the script does, whatever a strategy says: a reader of its prompts finds here what to expect. */
const SCRIPTED_STRATEGY = [
  "Buy dips of a market that goes up on 4h, and sell rallies of one that goes down.",
  "Close when the dip or rally is over, or when the trend of 4h has turned. Hold where the readings disagree.",
  "(A script answers here in place of a model, and always trades like this. Nobody is paid.)",
].join("\n");

/** What a wall day of its questions costs at the script's made-up price is about a third of it. */
const SCRIPTED_BUDGET = "5";
/** Each of its cycles asks: a day of them is enough to show how. */
const SCRIPTED_HISTORY_MS = 24 * HOUR_MS;

/** The four bots of the demo on one market: three that decide, one of them by a model, and a control that only holds. */
export const demoBots = (pairs: readonly string[]): readonly DemoBot[] => [
  {
    name: "Trinity 1h",
    settings: botSettingsSchema.parse({ pairs, intervalSeconds: 3600 }),
    historyMs: null,
  },
  {
    name: "Trinity 5m",
    settings: botSettingsSchema.parse({
      pairs,
      intervalSeconds: FAST_INTERVAL_SECONDS,
      decision: {
        timeframe: "5m",
        confirmTimeframe: "15m",
        // It looks at every sixth candle, and a trigger lasts one: it would miss five of six.
        triggerRequired: false,
        entryScoreMin: 0.8,
        stopLossFraction: 0.01,
        takeProfitFraction: 0.025,
      },
      // Its pace: over 47 market days, 8 h between entries and 9 h between closed trades at the longest. So many trades
      // cost about 0.13 % of equity a day: positions are small, and its drawdown limit is half a year of costs away.
      risk: {
        positionMarginMax: 0.03,
        cooldownMinutes: 30,
        lossPauseHours: 4,
        tradesPerDayMax: 40,
        drawdownMax: 0.5,
      },
    }),
    historyMs: FAST_HISTORY_MS,
  },
  {
    name: SCRIPTED_BOT,
    settings: botSettingsSchema.parse({
      pairs,
      mode: "llm",
      intervalSeconds: 3600,
      decision: {
        model: "scripted/scripted-trader-1",
        strategy: SCRIPTED_STRATEGY,
        budgetPerDay: SCRIPTED_BUDGET,
      },
    }),
    historyMs: SCRIPTED_HISTORY_MS,
  },
  {
    name: "Buy and hold",
    settings: botSettingsSchema.parse({
      pairs,
      mode: "buy-and-hold",
      intervalSeconds: HOLD_INTERVAL_SECONDS,
      // A control must be in the market: limits of size and pace would only delay it. None about losses binds it.
      risk: {
        entriesPerCycleMax: 10,
        openPositionsMax: 20,
        positionMarginMax: 1,
        totalMarginMax: 1,
        correlationMax: 1,
      },
    }),
    historyMs: null,
  },
];
