import type { BotSettings } from "./bot-settings";
import type { HoldSettings } from "./decision/modes/hold/hold-settings";
import { isControl } from "./decision/modes/hold/is-control";
import type { TrinitySettings } from "./decision/modes/trinity/trinity-settings";
import { percentText } from "./percent";
import { describeRiskLimits } from "./risk/describe-risk-limits";
import type { SettingLine, SettingSection } from "./setting-line";

const UNITS = [
  { seconds: 86_400, one: "day", many: "days" },
  { seconds: 3600, one: "hour", many: "hours" },
  { seconds: 60, one: "minute", many: "minutes" },
] as const;

/** Every 300 s is "every 5 minutes"; what no longer unit measures whole stays seconds. */
const everyText = (seconds: number): string => {
  const unit = UNITS.find((each) => seconds % each.seconds === 0);
  if (!unit) return `every ${seconds} seconds`;
  const count = seconds / unit.seconds;
  return count === 1 ? `every ${unit.one}` : `every ${count} ${unit.many}`;
};

const tradingLines = ({ mode, pairs, marketType, intervalSeconds }: BotSettings): SettingLine[] => [
  { label: "Mode", text: mode === "hold" ? "Buy and hold: buys each pair and keeps it" : "Trinity: scores both sides" },
  { label: "Pairs", text: `Trades ${pairs.join(", ")}; the first has priority` },
  { label: "Market", text: marketType === "swap" ? "Perpetual swaps, long and short" : "Spot, long only" },
  { label: "Interval", text: `Runs a cycle ${everyText(intervalSeconds)}` },
];

const exitsText = ({ exitOnSupertrend, exitOnSma200, exitOnRsi }: TrinitySettings): string => {
  const signs = [
    ...(exitOnSupertrend ? ["Supertrend turns against it"] : []),
    ...(exitOnSma200 ? ["the close crosses SMA200 against it"] : []),
    ...(exitOnRsi ? ["RSI14 goes beyond 75 (short: below 25)"] : []),
  ];
  return signs.length === 0 ? "Closes by stop and target only" : `Closes when ${signs.join(", or ")}`;
};

const trinityLines = (trinity: TrinitySettings): SettingLine[] => [
  { label: "Preset", text: trinity.preset === "original" ? "The original's looser entry" : "0xBot's stricter entry" },
  {
    label: "Candles",
    text: `Decides on closed ${trinity.timeframe} candles, confirmed by ${trinity.confirmTimeframe}`,
  },
  { label: "Entry score", text: `Enters from a score of ${trinity.entryScoreMin} of 1` },
  {
    label: "Trigger",
    text: trinity.triggerRequired ? "Enters only on its trigger" : "Enters also without its trigger",
  },
  { label: "Stop", text: `Stops a position out ${percentText(trinity.stopLossFraction)} against its entry` },
  { label: "Target", text: `Takes profit ${percentText(trinity.takeProfitFraction)} beyond its entry` },
  { label: "Leverage", text: trinity.leverage === 1 ? "Uses no leverage" : `Asks for ${trinity.leverage}x leverage` },
  { label: "Exits", text: exitsText(trinity) },
];

const holdLines = (hold: HoldSettings): SettingLine[] => [
  { label: "Candles", text: `Buys on closed ${hold.timeframe} candles` },
  { label: "Invested", text: `Invests ${percentText(hold.investedFraction)} of equity, in equal shares` },
  { label: "Stop", text: "Has no stop and no target: it buys once and holds, so everything can be lost" },
  { label: "Control", text: "As the control it is exempt from the rules about stops and losses" },
];

/** Every setting and every risk limit of a bot as titled lines that a trader reads; only the settings of its own mode. */
export const describeSettings = (settings: BotSettings): SettingSection[] => [
  { title: "Trading", lines: tradingLines(settings) },
  settings.mode === "hold"
    ? { title: "Buy and hold", lines: holdLines(settings.hold) }
    : { title: "Trinity", lines: trinityLines(settings.trinity) },
  ...describeRiskLimits(settings.risk, { isControl: isControl(settings) }),
];
