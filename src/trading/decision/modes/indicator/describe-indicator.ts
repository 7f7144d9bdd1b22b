import { formatPercent } from "../../../format-percent";
import type { SettingLine } from "../../../setting-line";
import type { IndicatorSettings } from "./indicator-settings";

const PRESET_TEXT = {
  default: "0xBot's stricter entry",
  original: "The original's looser entry",
  pullback: "Pullbacks alone, from a milder RSI14",
} as const;

const SETUPS = { both: "pullbacks and breakouts", pullback: "pullbacks", breakout: "breakouts" } as const;

const volumeText = ({ volumeShareMin }: IndicatorSettings): string =>
  `volume of at least ${formatPercent(volumeShareMin)} of its mean`;

const breakoutText = (settings: IndicatorSettings): string => {
  const when = settings.freshBreakout ? "crosses" : "is beyond";
  return `Enters where the close ${when} the extreme of 20 candles, RSI14 beyond ${settings.breakoutRsiMin}, ${volumeText(settings)}`;
};

/** Each of the mode's settings as a line that a trader reads; shorts are mirrored. */
export const describeIndicator = (settings: IndicatorSettings): SettingLine[] => [
  { label: "Preset", text: PRESET_TEXT[settings.preset] },
  { label: "Candles", text: `Decides on closed ${settings.timeframe} candles` },
  {
    label: "Setups",
    text: `Trades ${SETUPS[settings.setups]}, ${settings.sides === "both" ? "long and short" : "long only"}`,
  },
  ...(settings.setups === "breakout"
    ? []
    : [
        {
          label: "Pullback",
          text: `Enters in a trend (close, EMA50, EMA9, EMA21) with RSI14 below ${settings.pullbackRsiMax}, ${volumeText(settings)}`,
        },
        { label: "Pullback stop", text: `Stops out ${formatPercent(settings.pullbackStopFraction)} against its entry` },
      ]),
  ...(settings.setups === "pullback"
    ? []
    : [
        { label: "Breakout", text: breakoutText(settings) },
        {
          label: "Breakout stop",
          text: `Stops out ${formatPercent(settings.breakoutStopFraction)} beyond the broken level`,
        },
      ]),
  { label: "Entry score", text: `Enters from a score of ${settings.entryScoreMin} of 1` },
  { label: "Size", text: `Asks for ${formatPercent(settings.sizeFraction)} of equity as margin` },
  { label: "Leverage", text: settings.leverage === 1 ? "Uses no leverage" : `Asks for ${settings.leverage}x leverage` },
  { label: "Target", text: `Takes profit ${formatPercent(settings.takeProfitFraction)} beyond its entry` },
  {
    label: "Stretched",
    text: `Closes ${formatPercent(settings.stretchedCloseFraction)} of it once RSI14 is beyond ${settings.stretchedRsi} with ${formatPercent(settings.stretchedGainMin)} gained; the rest trails by ${formatPercent(settings.restTrailFraction)}`,
  },
  { label: "Time", text: `Closes what is open after ${settings.timeExitHours} hours` },
];
