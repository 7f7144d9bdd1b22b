import { describeGaps } from "~/components/charts/describe-gaps";
import { formatAmount, formatPercent } from "~/components/format/format-amount";
import { formatUtc } from "~/components/format/format-time";
import type { EquityChart } from "~/contracts/chart-view";

type Points = EquityChart["equity"];

const MS = 1000;
const FLOWS_SHOWN = 5;

/** The deepest point of a drawdown as a positive fraction; null without points. */
const deepestOf = (points: Points): number | null =>
  points.length === 0 ? null : -Math.min(0, ...points.map(({ value }) => value));

export const valueAt = (points: Points, time: number | null): number | null =>
  points.find((point) => point.time === time)?.value ?? null;

/** A value of a chart (a float, for drawing) as money for readers. */
export const formatEquity = (value: number | null): string => formatAmount(value === null ? null : value.toFixed(2));

/** What came from the account and went back; nothing where nothing did. */
const describeFlows = ({ flows, currency }: Pick<EquityChart, "flows" | "currency">): string => {
  if (flows.length === 0) return "";
  const told = flows.map(
    ({ time, amount }) => `${formatAmount(amount, { isSigned: true })} at ${formatUtc(new Date(time * MS))}`,
  );
  const shown = told.slice(-FLOWS_SHOWN).join(", ");
  const more = told.length > FLOWS_SHOWN ? `, and ${told.length - FLOWS_SHOWN} before` : "";
  return ` Its account gave it or (−) got back, ${currency}, no part of these figures: ${shown}${more}.`;
};

/** One sentence with the figures of the chart, and one on what is missing. */
export const describeEquity = (view: EquityChart): string => {
  const { equity, drawdown, gaps, currency, startedAt, returnFraction, buyAndHoldFraction } = view;
  const last = equity.at(-1);
  if (!last) return "No equity has been recorded yet.";
  const since = startedAt === null ? "its start" : `${formatUtc(new Date(startedAt * MS))} UTC`;
  const own = formatPercent(returnFraction, { isSigned: true });
  const held = formatPercent(buyAndHoldFraction, { isSigned: true });
  const deepest = formatPercent(deepestOf(drawdown));
  return `Equity ${formatEquity(last.value)} ${currency}, ${own} since ${since}; buy and hold ${held}; deepest drawdown ${deepest}.${describeFlows(view)}${describeGaps(gaps)}`;
};
