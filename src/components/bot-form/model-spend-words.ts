import { formatAmount } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import type { ShownModelSpend } from "./worker-messages";

type Known = Extract<ShownModelSpend, { isKnown: true }>;

const count = (value: number): string => formatAmount(String(Math.round(value)), { digits: 0 });

/** How often it asks, in words. */
export const tellCalls = ({ callsPerDay, speed }: Known): string => {
  if (speed === 0) return "Its market stands still: it asks nothing until the clock runs.";
  const clock =
    speed === 1 ? "" : `, since its market runs at ${formatAmount(String(speed), { digits: 0 })}× real time`;
  if (callsPerDay < 1) return `It asks less than once a day of real time${clock}.`;
  return `It asks up to ${count(callsPerDay)} ${callsPerDay < 1.5 ? "time" : "times"} a day of real time${clock}.`;
};

/** What the figures of a usual question rest on. */
export const tellUsual = ({ promptTokens, answerTokens, isCeiling, pricedSince }: Known): string => {
  const since = pricedSince === null ? "" : `, at the price of ${new Date(pricedSince).toISOString().slice(0, 10)}`;
  const ceiling = isCeiling ? " of the dearest hours" : "";
  return `Usual: a prompt of about ${count(promptTokens)} tokens and an answer of ${count(answerTokens)}${since}${ceiling}, each time the candle closes, without the vendor's cache.`;
};

/** Whether all bots of the trader together may spend less than this one; null: they may not. */
export const tellUserBudget = ({ budgetPerDay }: Pick<Known, "budgetPerDay">, userBudget: string): string | null =>
  Number(userBudget) >= Number(budgetPerDay)
    ? null
    : `All your bots together may spend ${formatDollars(userBudget)} a day, so it gets no more than that. Your account has that budget.`;

/** Whether the budget ends its day before its questions do, and after how many; null: it does not. */
export const tellBudget = ({ usual, callsPerDay, budgetPerDay }: Known): string | null => {
  if (usual === null || Number(usual) === 0) return null;
  const affordable = Math.floor(Number(budgetPerDay) / Number(usual));
  if (affordable >= callsPerDay) return null;
  return `Its budget of ${formatDollars(budgetPerDay)} a day is used up after about ${count(affordable)} of them: for the rest of the day it holds, and keeps stops and targets.`;
};
