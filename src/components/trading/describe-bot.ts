import type { BotRow } from "~/contracts/bot-row";

/** "BTC, ETH, SOL" where all are quoted in the bot's currency, else the pairs as they are. */
export const describePairs = ({ pairs, currency }: Pick<BotRow, "pairs" | "currency">): string =>
  pairs.map((pair) => (pair.endsWith(`/${currency}`) ? pair.slice(0, -currency.length - 1) : pair)).join(", ");

/** A rule or reason code as words: "one-entry-per-candle" is "one entry per candle". */
export const describeCode = (code: string): string => code.replaceAll("-", " ");
