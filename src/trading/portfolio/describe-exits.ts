import { formatSeconds } from "../format-number";
import { formatPercent } from "../format-percent";
import type { SettingLine } from "../setting-line";
import type { ExitSettings } from "./exit-terms";

const from = (fraction: number): string =>
  fraction === 0 ? "from the entry on" : `once ${formatPercent(fraction)} up`;

const describeTrailing = (trailing: NonNullable<ExitSettings["trailing"]>): string => {
  const when = from(trailing.fromFraction);
  if (trailing.by === "percent") {
    return `Trails the stop ${formatPercent(trailing.distanceFraction)} behind the best price, ${when}`;
  }
  return trailing.by === "atr"
    ? `Trails the stop ${trailing.multiple} ATR14 behind each close, ${when}`
    : `Trails the stop on Supertrend(10,3), ${when}`;
};

const describeTargets = (targets: ExitSettings["targets"]): string => {
  const parts = targets.map(({ atFraction, share }) => `${formatPercent(share)} at ${formatPercent(atFraction)}`);
  return `Takes profit in parts: ${parts.join(", ")}; the rest at its target`;
};

/** The exits that are set, as lines that a trader reads; gains are shares of the entry price. */
export const describeExits = ({ breakEven, trailing, timeExitMinutes, targets }: ExitSettings): SettingLine[] => [
  ...(breakEven
    ? [
        {
          label: "Break-even",
          text: `Moves the stop to the entry plus ${formatPercent(breakEven.lockFraction)} once ${formatPercent(breakEven.fromFraction)} up`,
        },
      ]
    : []),
  ...(trailing ? [{ label: "Trailing stop", text: describeTrailing(trailing) }] : []),
  ...(targets.length > 0 ? [{ label: "Part targets", text: describeTargets(targets) }] : []),
  ...(timeExitMinutes === null
    ? []
    : [{ label: "Time exit", text: `Closes what is open ${formatSeconds(timeExitMinutes * 60)} after its entry` }]),
];
