import { describeApproval } from "./approval/describe-approval";
import type { CommonSettings } from "./bot-settings";
import { modeOf } from "./decision/decide";
import type { DecisionMode, ModeSettings } from "./decision/basis/decision-mode";
import { MODES, type Modes } from "./decision/modes/registry";
import { describeMatching } from "./execution/describe-matching";
import { describeDca } from "./portfolio/describe-dca";
import { describeExits } from "./portfolio/describe-exits";
import { describeRiskLimits } from "./risk/describe-risk-limits";
import { describeSizing } from "./risk/sizing/describe-sizing";
import { MODE_SIZING } from "./risk/sizing/sizing-settings";
import type { SettingLine, SettingSection } from "./setting-line";

const UNITS = [
  { seconds: 86_400, one: "day", many: "days" },
  { seconds: 3600, one: "hour", many: "hours" },
  { seconds: 60, one: "minute", many: "minutes" },
] as const;

/** 300 s is "every 5 minutes". A length that is no whole number of a longer unit stays in seconds. */
const formatEvery = (seconds: number): string => {
  const unit = UNITS.find((each) => seconds % each.seconds === 0);
  if (!unit) return `every ${seconds} seconds`;
  const count = seconds / unit.seconds;
  return count === 1 ? `every ${unit.one}` : `every ${count} ${unit.many}`;
};

type DescribedSettings = CommonSettings & ModeSettings;

const modeLine = ({ title, summary }: DecisionMode): SettingLine => ({ label: "Mode", text: `${title}: ${summary}` });

const tradingLines = ({ pairs, marketType, intervalSeconds }: CommonSettings): SettingLine[] => [
  { label: "Pairs", text: `Trades ${pairs.join(", ")}; the first has priority` },
  { label: "Market", text: marketType === "swap" ? "Perpetual swaps, long and short" : "Spot, long only" },
  { label: "Interval", text: `Runs a cycle ${formatEvery(intervalSeconds)}` },
];

const entrySections = ({ dca, approval }: CommonSettings): SettingSection[] => {
  const lines = [...describeApproval(approval), ...describeDca(dca)];
  return lines.length === 0 ? [] : [{ title: "Entry", lines }];
};

const exitSections = ({ exits }: CommonSettings): SettingSection[] => {
  const lines = describeExits(exits);
  return lines.length === 0 ? [] : [{ title: "Exits", lines }];
};

/** The limits, after how the sizes that they cut are found. */
const riskSections = ({ risk, sizing }: CommonSettings, isControl: boolean): SettingSection[] =>
  describeRiskLimits(risk, { isControl }).map((section) =>
    section.title === "Size"
      ? { ...section, lines: [describeSizing(isControl ? MODE_SIZING : sizing), ...section.lines] }
      : section,
  );

/** Every setting and risk limit of a bot as titled lines for readers; settings of its own mode only. */
export const describeSettings = (settings: DescribedSettings, modes: Modes = MODES): SettingSection[] => {
  const mode = modeOf(settings, modes);
  return [
    { title: "Trading", lines: [modeLine(mode), ...tradingLines(settings)] },
    { title: mode.title, lines: mode.describe(settings.decision) },
    ...entrySections(settings),
    ...exitSections(settings),
    { title: "Matching", lines: describeMatching(settings.matching) },
    ...riskSections(settings, mode.isControl),
  ];
};
