import { readReplyBody } from "../../src/trading/decision/asking/read-reply-body";
import { costOf } from "../../src/trading/model/cost-of";
import type { ModelOutcome, ModelReply } from "../../src/trading/model/model-call";
import type { ModelPrice } from "../../src/trading/model/model-price";
import { judgeTrial } from "../../src/trading/model/model-trial";

export type TrialReport = { readonly lines: readonly string[]; readonly isPassed: boolean };

const count = (tokens: number): string => tokens.toLocaleString("en-US");

const tokensIn = ({ usage }: ModelReply): string =>
  usage === null
    ? "unknown: the reply does not say"
    : `${count(usage.inputTokens)} in, ${count(usage.cacheReadTokens)} read from and ` +
      `${count(usage.cacheWriteTokens)} written to the cache, ${count(usage.outputTokens)} out`;

const costIn = ({ usage }: ModelReply, price: ModelPrice): string => {
  const cost = usage === null ? null : costOf(usage, price);
  if (cost === null) return "unknown";
  return `${price.isCeiling ? "at most " : ""}$${cost.toFixed()}`;
};

const timeOf = ({ latencyMs, tries, requestId }: ModelOutcome): string => {
  const requests = tries === 1 ? "1 request" : `${tries} requests`;
  return `${(latencyMs / 1000).toFixed(2)} s, ${requests}${requestId === null ? "" : `, ${requestId}`}`;
};

const row = (title: string, value: string): string => `  ${title.padEnd(11)}${value}`;

/** What came of a trial, in words. */
export const reportTrial = (outcome: ModelOutcome, price: ModelPrice): TrialReport => {
  const time = row("time", timeOf(outcome));
  if (outcome.outcome !== "replied") return { lines: [row("no reply", outcome.reason), time], isPassed: false };
  const { reply } = outcome;
  const verdict = judgeTrial(readReplyBody(reply.raw));
  const isPassed = verdict.outcome === "passed";
  return {
    lines: [
      row("served by", reply.servedModel),
      isPassed ? row("answer", `${verdict.answer}: right`) : row("no answer", verdict.reason),
      row("tokens", tokensIn(reply)),
      row("cost", costIn(reply, price)),
      time,
    ],
    isPassed,
  };
};
