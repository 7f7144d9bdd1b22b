import { formatPercent } from "../format-percent";
import type { SettingLine } from "../setting-line";
import type { Approval } from "./approval-settings";

/** How its entries wait for the trader; no line where they do not. */
export const describeApproval = (approval: Approval | undefined): SettingLine[] => {
  if (approval === undefined) return [];
  const { minutes, bandFraction } = approval;
  const length = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return [
    {
      label: "Approval",
      text: `Proposes each entry and waits ${length} for you to accept it, while the price stays within ${formatPercent(bandFraction)}; closes never wait`,
    },
  ];
};

/**
 * Why a backtest, a replay or a preview of it says less than one of a bot that enters by itself: none of them can ask its
 * trader. Null: it enters by itself.
 */
export const warnOfApproval = (approval: Approval | undefined): string | null =>
  approval === undefined
    ? null
    : "this bot asks you before it enters; here every entry counts as accepted at once, at the price of its slot";
