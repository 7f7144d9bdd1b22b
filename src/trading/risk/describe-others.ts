import { formatMoney } from "../format-number";
import { decimal } from "../money";
import type { StoredSums } from "./basis/user-view";

/** What the user's other bots held and lost when an entry was judged, in one sentence without full stop. */
export const describeOthers = ({ gross, sameSide, loss }: StoredSums): string => {
  const change = decimal(loss);
  const day = change.isNegative() ? `gained ${formatMoney(change.neg())}` : `lost ${formatMoney(change)}`;
  const held = `held or had ordered ${formatMoney(decimal(gross))}`;
  return `${held}, of which ${formatMoney(decimal(sameSide))} on this side of pairs that move together, and ${day} that day`;
};
