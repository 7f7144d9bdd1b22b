import { formatAmount, formatPercent } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import type { BotModelSpend } from "~/contracts/model-spend";

/** From so many hours of asking on, they stand for a day. */
const WHOLE_DAY_HOURS = 23.5;
const MINUTES = 60;
/** A share this small rounds to nothing with fewer digits. */
const DIGITS = 4;

export const countQuestions = (calls: number): string =>
  `${formatAmount(String(calls), { digits: 0 })} ${calls === 1 ? "question" : "questions"}`;

const sinceOf = (hours: number): string => {
  if (hours >= WHOLE_DAY_HOURS) return "In the last 24 hours";
  const minutes = Math.max(1, Math.round(hours * MINUTES));
  return minutes < MINUTES
    ? `In the ${minutes} ${minutes === 1 ? "minute" : "minutes"} since it first asked`
    : `In the ${formatAmount(String(hours), { digits: 1 })} hours since it first asked`;
};

/** What would round to nothing is told as less than the least that is told. */
const LEAST = 1e-6;
const shareOf = (share: number): string =>
  share > 0 && share < LEAST
    ? `less than ${formatPercent(LEAST, { digits: DIGITS })}`
    : formatPercent(share, { digits: DIGITS });

/** What a bot's model cost lately, and what share of its equity the bot must earn in as long to pay for it. */
export const describeBreakEven = ({ lastDay, callsLastDay, hours, breakEven }: BotModelSpend): string => {
  // Who asked at any time has been asking for some hours.
  if (callsLastDay === 0) return hours === 0 ? "It has asked no model yet." : "It asked no model in the last 24 hours.";
  const [since, unit] = [sinceOf(hours), hours >= WHOLE_DAY_HOURS ? "a day" : "in that time"];
  const cost = `${since} its model cost ${formatDollars(lastDay)} for ${countQuestions(callsLastDay)}`;
  if (breakEven === null) return `${cost}. What share of its equity that is, is not known yet.`;
  return `${cost}: it must earn ${shareOf(breakEven)} of its equity ${unit} to pay for it.`;
};
