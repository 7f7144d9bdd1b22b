/** A time axis for a chart whose own axis counts points: it has one place for each of many equal spans. */
export type TimeAxis = {
  /** Seconds, ascending, one for each span from the first point to the last, also where nothing was. */
  readonly times: readonly number[];
  /** How long a span is, in seconds. */
  readonly step: number;
  /** The place of a point: the last time in its span. */
  readonly placeOf: (time: number) => number;
};

/** Tolerance for float errors at the border of two spans. */
const DUST = 1e-9;

/** `times`: seconds, ascending, of all lines together. `spansMax`: the most spans that the chart can show. */
export const timeAxis = (times: readonly number[], spansMax: number): TimeAxis => {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return { times: [], step: 0, placeOf: (time) => time };
  const steps = times
    .slice(1)
    .flatMap((time, index) => (time > (times[index] ?? 0) ? [time - (times[index] ?? 0)] : []));
  const step = Math.max((last - first) / Math.max(1, spansMax - 1), Math.min(...steps, last - first), 1);
  const spanOf = (time: number): number => Math.floor((time - first) / step + DUST);
  const lastIn = new Map(times.map((time) => [spanOf(time), time]));
  const all = Array.from({ length: spanOf(last) + 1 }, (_, span) => lastIn.get(span) ?? Math.ceil(first + span * step));
  return { times: all, step, placeOf: (time) => lastIn.get(spanOf(time)) ?? time };
};
