import { formatPercent } from "../format-percent";
import type { SettingLine } from "../setting-line";
import type { DcaSettings } from "./entry-legs";

/** The legs that entries have, as a line that a trader reads; none where an entry is one order. */
export const describeDca = ({ legs }: DcaSettings): SettingLine[] => {
  if (legs.length === 0) return [];
  const now = legs.reduce((left, { share }) => left - share, 1);
  const later = legs.map(
    ({ share, againstFraction }) => `${formatPercent(share)} at ${formatPercent(againstFraction)}`,
  );
  return [
    {
      label: "Entry in legs",
      text: `Enters ${formatPercent(now)} at once and more when the price goes against it: ${later.join(", ")}`,
    },
  ];
};
