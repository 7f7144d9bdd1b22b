import { percentText } from "../percent";
import type { SettingLine, SettingSection } from "../setting-line";
import type { RiskLimits } from "./risk-limits";

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;
const USDT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** A limit's words; one for each, so that none is forgotten. */
const WORDS: { readonly [Limit in keyof RiskLimits]: (limits: RiskLimits) => SettingLine } = {
  positionMarginMax: (limits) => ({
    label: "Position size",
    text: `Risks at most ${percentText(limits.positionMarginMax)} of equity as margin in one position`,
  }),
  totalMarginMax: (limits) => ({
    label: "Total margin",
    text: `Binds at most ${percentText(limits.totalMarginMax)} of equity as margin in all positions`,
  }),
  grossNotionalMax: (limits) => ({
    label: "Exposure",
    text: `Holds positions worth at most ${limits.grossNotionalMax} times its equity`,
  }),
  openPositionsMax: (limits) => ({
    label: "Open positions",
    text: `Holds at most ${counted(limits.openPositionsMax, "position")} at once`,
  }),
  entriesPerCycleMax: (limits) => ({
    label: "Entries per cycle",
    text: `Opens at most ${counted(limits.entriesPerCycleMax, "position")} in one cycle`,
  }),
  tradesPerDayMax: (limits) => ({
    label: "Trades per day",
    text: `Enters at most ${counted(limits.tradesPerDayMax, "time")} in a UTC day`,
  }),
  longLeverageMax: (limits) => ({ label: "Long leverage", text: `Goes long with at most ${limits.longLeverageMax}x` }),
  shortLeverageMax: (limits) => ({
    label: "Short leverage",
    text: `Goes short with at most ${limits.shortLeverageMax}x`,
  }),
  stopDistanceMin: (limits) => ({
    label: "Nearest stop",
    text: `Wants its stop at least ${percentText(limits.stopDistanceMin)} away from the entry`,
  }),
  stopDistanceMax: (limits) => ({
    label: "Farthest stop",
    text: `Wants its stop at most ${percentText(limits.stopDistanceMax)} away from the entry`,
  }),
  rewardToRiskMin: (limits) => ({
    label: "Reward to risk",
    text: `Enters only where the target pays at least ${limits.rewardToRiskMin} times what the stop costs, after fees`,
  }),
  netProfitMin: (limits) => ({
    label: "Profit at target",
    text: `Enters only where the target pays at least ${percentText(limits.netProfitMin)} of equity after fees`,
  }),
  orderValueMin: (limits) => ({
    label: "Smallest order",
    text: `Places no order below ${USDT.format(limits.orderValueMin)} USDT`,
  }),
  drawdownMax: (limits) => ({
    label: "Drawdown",
    text: `Only closes positions once equity is ${percentText(limits.drawdownMax)} below its peak`,
  }),
  dailyLossMax: (limits) => ({
    label: "Daily loss",
    text: `Stops for the day after losing ${percentText(limits.dailyLossMax)} of the day's first equity`,
  }),
  dailyLossOfCapitalMax: (limits) => ({
    label: "Daily loss of capital",
    text: `Stops for the day after losing ${percentText(limits.dailyLossOfCapitalMax)} of its capital`,
  }),
  cooldownMinutes: (limits) => ({
    label: "Cooldown",
    text: `Leaves a pair alone for ${counted(limits.cooldownMinutes, "minute")} after a stop there`,
  }),
  consecutiveLossesMax: (limits) => ({
    label: "Losses in a row",
    text: `Pauses after ${limits.consecutiveLossesMax === 1 ? "a loss" : `${limits.consecutiveLossesMax} losses in a row`}`,
  }),
  lossPauseHours: (limits) => ({
    label: "Pause",
    text: `Enters nothing for ${counted(limits.lossPauseHours, "hour")} after such losses`,
  }),
  correlationMax: (limits) => ({
    label: "Correlation",
    text: `Opens no pair that moves with an open one of its side by a correlation above ${limits.correlationMax} of 1`,
  }),
  adverseFundingMax: (limits) => ({
    label: "Funding",
    text: `Pays at most ${percentText(limits.adverseFundingMax)} of funding per 8 h to enter`,
  }),
  spreadMax: (limits) => ({ label: "Spread", text: `Enters at a spread of at most ${percentText(limits.spreadMax)}` }),
  quoteVolumeMin: (limits) => ({
    label: "Volume",
    text: `Enters only markets that traded ${USDT.format(limits.quoteVolumeMin)} USDT or more in 24 h`,
  }),
};

const SECTIONS: readonly { readonly title: string; readonly limits: readonly (keyof RiskLimits)[] }[] = [
  {
    title: "Size",
    limits: [
      "positionMarginMax",
      "totalMarginMax",
      "grossNotionalMax",
      "openPositionsMax",
      "longLeverageMax",
      "shortLeverageMax",
      "orderValueMin",
    ],
  },
  {
    title: "Losses",
    limits: [
      "dailyLossMax",
      "dailyLossOfCapitalMax",
      "drawdownMax",
      "consecutiveLossesMax",
      "lossPauseHours",
      "cooldownMinutes",
    ],
  },
  {
    title: "Entries",
    limits: [
      "entriesPerCycleMax",
      "tradesPerDayMax",
      "stopDistanceMin",
      "stopDistanceMax",
      "rewardToRiskMin",
      "netProfitMin",
      "correlationMax",
      "adverseFundingMax",
      "spreadMax",
      "quoteVolumeMin",
    ],
  },
];

/** Limits of rules that do not bind the control: those of all losses, and those that speak of a stop or a target. */
const LIFTED_FOR_CONTROL: ReadonlySet<keyof RiskLimits> = new Set([
  ...SECTIONS.filter(({ title }) => title === "Losses").flatMap((section) => section.limits),
  ...(["stopDistanceMin", "stopDistanceMax", "rewardToRiskMin", "netProfitMin"] as const),
]);

/** Every risk limit that binds a bot in words, under three titles. Percent only here, never in a value. */
export const describeRiskLimits = (
  limits: RiskLimits,
  { isControl }: { readonly isControl: boolean } = { isControl: false },
): SettingSection[] =>
  SECTIONS.map((section) => ({
    title: section.title,
    lines: section.limits
      .filter((limit) => !(isControl && LIFTED_FOR_CONTROL.has(limit)))
      .map((limit) => WORDS[limit](limits)),
  })).filter(({ lines }) => lines.length > 0);
