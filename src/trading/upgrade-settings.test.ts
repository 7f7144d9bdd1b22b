import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "./bot-settings";

const { risk: RISK, exits, dca, sizing } = botSettingsSchema.parse({ pairs: ["BTC/USDT"] });
const TRINITY = {
  preset: "default",
  timeframe: "1h",
  confirmTimeframe: "4h",
  entryScoreMin: 0.65,
  triggerRequired: true,
  stopLossFraction: 0.035,
  takeProfitFraction: 0.08,
  leverage: 1,
  exitOnSupertrend: true,
  exitOnSma200: true,
  exitOnRsi: true,
};
const COMMON = { pairs: ["BTC/USDT", "ETH/USDT"], marketType: "swap", intervalSeconds: 300, risk: RISK };
const FAST = { ...TRINITY, timeframe: "5m", confirmTimeframe: "15m", entryScoreMin: 0.8, triggerRequired: false };

/** Settings as older versions stored them, each with its upgraded form. */
const STORED: readonly [what: string, stored: object, today: object][] = [
  [
    "of a time with one mode",
    { ...COMMON, mode: "trinity", trinity: TRINITY },
    { ...COMMON, mode: "trinity", decision: TRINITY },
  ],
  [
    "with a control that has a stop beside it",
    {
      ...COMMON,
      mode: "trinity",
      trinity: FAST,
      hold: { timeframe: "1h", investedFraction: 0.98, stopLossFraction: 0.24 },
    },
    { ...COMMON, mode: "trinity", decision: FAST },
  ],
  [
    "of a control that has a stop",
    {
      ...COMMON,
      mode: "hold",
      trinity: TRINITY,
      hold: { timeframe: "4h", investedFraction: 0.98, stopLossFraction: 0.24 },
    },
    { ...COMMON, mode: "buy-and-hold", decision: { timeframe: "4h", investedFraction: 0.98 } },
  ],
  [
    "of a control without a stop",
    { ...COMMON, mode: "hold", trinity: TRINITY, hold: { timeframe: "1h", investedFraction: 1 } },
    { ...COMMON, mode: "buy-and-hold", decision: { timeframe: "1h", investedFraction: 1 } },
  ],
];

describe("settings of an older version", () => {
  it.each(STORED)(
    "%s say the same in today's words, and have the settings of their own mode alone",
    (_, stored, today) => {
      expect(botSettingsSchema.parse(stored)).toEqual({ ...today, exits, dca, sizing, matching: { version: 1 } });
    },
  );

  it.each(STORED)("%s, once read and stored anew, are read as they are", (_, stored) => {
    const settings = botSettingsSchema.parse(stored);
    expect(botSettingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it.each<[file: string, given: object, today: object]>([
    [
      "the default mode by its key",
      { trinity: { preset: "original" } },
      { mode: "trinity", decision: { preset: "original", entryScoreMin: 0.5 } },
    ],
    [
      "the control by its old name",
      { mode: "hold" },
      { mode: "buy-and-hold", decision: { timeframe: "1h", investedFraction: 1 } },
    ],
    [
      "the control by its old key",
      { mode: "buy-and-hold", hold: { timeframe: "1d" } },
      { decision: { timeframe: "1d" } },
    ],
    ["nothing of a mode", {}, { mode: "trinity", decision: TRINITY }],
  ])("a settings file that names %s is read too", (_, given, today) => {
    expect(botSettingsSchema.parse({ pairs: ["BTC/USDT"], ...given })).toMatchObject(today);
  });

  it.each<[what: string, given: object, place: string]>([
    ["an old value that is out of its range", { trinity: { stopLossFraction: 2 } }, "decision.stopLossFraction"],
    ["an old setting that never was", { mode: "hold", hold: { stopLos: 0.1 } }, "decision"],
    ["old and new settings of a mode at once", { trinity: {}, decision: {} }, ""],
    ["another mode's settings", { mode: "buy-and-hold", decision: { entryScoreMin: 0.7 } }, "decision"],
  ])("%s is refused where it stands", (_, given, place) => {
    const { error } = botSettingsSchema.safeParse({ pairs: ["BTC/USDT"], ...given });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual([place]);
  });

  it.each([null, "trinity", 1, ["trinity"]])("%j is no settings", (stored) => {
    expect(botSettingsSchema.safeParse(stored).success).toBe(false);
  });
});

it.each(["martingale", "Trinity", "constructor", 1, null])(
  "a mode %j is refused by name, never another one",
  (mode) => {
    const { error } = botSettingsSchema.safeParse({ ...COMMON, mode, trinity: TRINITY, hold: {} });
    expect(error?.issues).toMatchObject([
      {
        path: ["mode"],
        message: "there is no such mode: choose trinity or indicator or custom or llm or buy-and-hold",
      },
    ]);
  },
);
