import { formatAmount } from "~/components/format/format-amount";
import type { Performance } from "~/contracts/bot-detail";
import { RATIO_DAYS_MIN, RATIO_TRADES_MIN } from "~/trading/performance/ratio-minimums";

type Basis = Pick<Performance, "trades" | "days">;

const counted = (count: number, one: string): string =>
  `${formatAmount(String(count), { digits: 0 })} ${one}${count === 1 ? "" : "s"}`;

/** How many trades and days a ratio rests on; shown beside each ratio. */
export const basisOf = ({ trades, days }: Basis): string =>
  `${counted(trades, "trade")}, ${counted(Math.floor(days), "day")}`;

/** Why a ratio is not shown: which minimum is missed, and how much of it is there. */
export const missingFor = ({ trades, days }: Basis): string =>
  trades < RATIO_TRADES_MIN
    ? `too few to tell (${trades} of ${RATIO_TRADES_MIN} trades)`
    : `too early to tell (${Math.floor(days)} of ${RATIO_DAYS_MIN} days)`;
