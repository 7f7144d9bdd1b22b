import { formatAmount } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import type { RepliesNeeded } from "~/trading/preview/estimate-replies";

const UNASKED = "What its model would have answered is not known, since asking it costs money.";
const RECORDED =
  "A backtest calls nobody: it reads the replies that a bot was given before, by the commands models:replies and backtest.";

const costOf = ({ isPaid, usual }: RepliesNeeded): string => {
  if (!isPaid) return "for which nobody is paid";
  return usual === null
    ? "at a price that is not known"
    : `which usually cost ${formatDollars(usual.toFixed())} together`;
};

/** Why a bot that asks a model has no preview, and what testing it over the candles at hand would take. */
export const tellUnasked = (needed: RepliesNeeded | null): string => {
  if (needed === null) return `${UNASKED} ${RECORDED}`;
  const count = formatAmount(String(needed.replies), { digits: 0 });
  const days = formatAmount(String(needed.days), { digits: 1 });
  return `${UNASKED} ${RECORDED} Over the ${days} days of candles that are known it would need up to ${count} of them, ${costOf(needed)}.`;
};
