import { Decimal } from "decimal.js";
import type { BotRow } from "~/contracts/bot-row";

/** A bot's result as a fraction of what was allotted to it; null while that cannot be said. */
export const shareOf = ({ pnl, allotment }: Pick<BotRow, "pnl" | "allotment">): number | null =>
  pnl === null || Number(allotment) === 0 ? null : new Decimal(pnl.total).div(allotment).toNumber();
