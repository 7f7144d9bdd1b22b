import { formatPercent } from "../../../format-percent";
import type { SettingLine } from "../../../setting-line";
import type { TrinitySettings } from "./trinity-settings";

const describeExits = ({ exitOnSupertrend, exitOnSma200, exitOnRsi }: TrinitySettings): string => {
  const signs = [
    ...(exitOnSupertrend ? ["Supertrend turns against it"] : []),
    ...(exitOnSma200 ? ["the close crosses SMA200 against it"] : []),
    ...(exitOnRsi ? ["RSI14 goes beyond 75 (short: below 25)"] : []),
  ];
  return signs.length === 0 ? "Closes by stop and target only" : `Closes when ${signs.join(", or ")}`;
};

/** Each of Trinity's settings as a line that a trader reads. */
export const describeTrinity = (settings: TrinitySettings): SettingLine[] => [
  { label: "Preset", text: settings.preset === "original" ? "The original's looser entry" : "0xBot's stricter entry" },
  {
    label: "Candles",
    text: `Decides on closed ${settings.timeframe} candles, confirmed by ${settings.confirmTimeframe}`,
  },
  { label: "Entry score", text: `Enters from a score of ${settings.entryScoreMin} of 1` },
  {
    label: "Trigger",
    text: settings.triggerRequired ? "Enters only on its trigger" : "Enters also without its trigger",
  },
  { label: "Stop", text: `Stops a position out ${formatPercent(settings.stopLossFraction)} against its entry` },
  { label: "Target", text: `Takes profit ${formatPercent(settings.takeProfitFraction)} beyond its entry` },
  { label: "Leverage", text: settings.leverage === 1 ? "Uses no leverage" : `Asks for ${settings.leverage}x leverage` },
  { label: "Exits", text: describeExits(settings) },
];
