import { describeGaps } from "~/components/charts/describe-gaps";
import { formatPercent } from "~/components/format/format-amount";
import type { Overview } from "~/contracts/overview-view";

type Gap = Overview["lines"][number]["gaps"][number];
type Point = { readonly time: number; readonly value: number };

/** How a line is drawn: a token's colour, and dashes for the benchmark or dots for a repeated colour. */
type LineStyle = {
  readonly token: "benchmark" | "paper" | "warn" | "demo" | "ink";
  readonly dash: "solid" | "dashed" | "dotted";
};

/** A bot's equity as change on its capital, in fractions: for drawing and for the table below it. */
export type NormalisedLine = LineStyle & {
  readonly botId: string;
  readonly name: string;
  readonly points: readonly Point[];
  readonly gaps: readonly Gap[];
  /** Null: it has no point yet. */
  readonly end: number | null;
};

/** Easy to tell apart in every theme, and none of them stands for gain or loss. */
const COLOURS = ["paper", "warn", "demo", "ink"] as const;

const styleOf = (index: number): LineStyle => ({
  token: COLOURS[index % COLOURS.length] ?? "ink",
  dash: index < COLOURS.length ? "solid" : "dotted",
});

const toChange = (points: readonly Point[], capital: number): Point[] =>
  points.map(({ time, value }) => ({ time, value: value / capital - 1 }));

/** The overview's lines, each relative to its own capital; the control is drawn as the benchmark. */
export const normaliseLines = (lines: Overview["lines"]): NormalisedLine[] => {
  let traders = 0;
  return lines.map(({ botId, name, isControl, capital, points, gaps }) => {
    const style: LineStyle = isControl ? { token: "benchmark", dash: "dashed" } : styleOf(traders++);
    const changes = toChange(points, capital);
    return { ...style, botId, name, points: changes, gaps, end: changes.at(-1)?.value ?? null };
  });
};

/** Where a line has nothing: its gaps, and all before its first point and after its last. */
const missingOf = ({ points, gaps }: NormalisedLine): readonly Gap[] => [
  { from: Number.NEGATIVE_INFINITY, to: points[0]?.time ?? Number.POSITIVE_INFINITY },
  ...gaps,
  { from: points.at(-1)?.time ?? Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY },
];

const overlap = (one: readonly Gap[], other: readonly Gap[]): Gap[] =>
  one.flatMap(({ from, to }) =>
    other
      .map((gap) => ({ from: Math.max(from, gap.from), to: Math.min(to, gap.to) }))
      .filter((gap) => gap.from < gap.to),
  );

/** Spans in which no line has a point, between the first and the last point of all lines. */
export const commonGaps = (lines: readonly NormalisedLine[]): Gap[] =>
  lines
    .map(missingOf)
    .reduce<Gap[]>(overlap, [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }])
    .filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to));

/** The chart in one sentence, with each line's first day where these differ, and one on what is missing. */
export const describeLines = (lines: readonly NormalisedLine[]): string => {
  const drawn = lines.filter(({ end }) => end !== null);
  if (drawn.length === 0) return "No equity has been recorded yet.";
  const told = drawn.map(({ name, end, points }) => ({
    change: `${name} ${formatPercent(end, { isSigned: true })}`,
    since: new Date((points[0]?.time ?? 0) * 1000).toISOString().slice(0, 10),
  }));
  const [first, ...others] = [...new Set(told.map(({ since }) => since))];
  const sentence =
    others.length === 0
      ? `Change of equity since ${first} (UTC): ${told.map(({ change }) => change).join(", ")}.`
      : `Change of equity (UTC): ${told.map(({ change, since }) => `${change} since ${since}`).join(", ")}.`;
  return `${sentence}${describeGaps(commonGaps(lines))}`;
};

/** A row of the table: what each line was worth at a time, null before its first point. */
type TimeRow = { readonly time: number; readonly values: readonly (number | null)[] };

/** All lines at each time that any of them has, newest first. A line keeps its value until its next point. */
export const rowsOf = (lines: readonly NormalisedLine[]): TimeRow[] => {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ time }) => time)))].toSorted((a, b) => a - b);
  const cursors = lines.map(() => -1);
  const rows = times.map((time) => ({
    time,
    values: lines.map(({ points }, index) => {
      let cursor = cursors[index] ?? -1;
      while ((points[cursor + 1]?.time ?? Number.POSITIVE_INFINITY) <= time) cursor += 1;
      cursors[index] = cursor;
      return points[cursor]?.value ?? null;
    }),
  }));
  return rows.toReversed();
};
