import { formatUtc } from "../format/format-time";

type PointSliderProps = {
  /** What the points are, such as "candles" or "equity points". */
  readonly name: string;
  /** Seconds, in order. */
  readonly times: readonly number[];
  readonly chosen: number | null;
  /** Null when the reader is done. */
  readonly onChoose: (time: number | null) => void;
  /** The values at the chosen point, in words. */
  readonly valueText: string;
};

const MS = 1000;

/** Steps through a chart's points by arrow key or finger, and tells what hovering shows with a mouse. */
export const PointSlider = ({ name, times, chosen, onChoose, valueText }: PointSliderProps) => {
  const last = times.length - 1;
  const found = chosen === null ? -1 : times.indexOf(chosen);
  const index = found === -1 ? last : found;
  const at = times[index];
  return (
    <input
      type="range"
      aria-label={`Step through the ${name}`}
      aria-valuetext={at === undefined ? "none" : `${formatUtc(new Date(at * MS))} UTC: ${valueText}`}
      min={0}
      max={Math.max(0, last)}
      value={Math.max(0, index)}
      disabled={last < 1}
      onChange={(event) => onChoose(times[event.target.valueAsNumber] ?? null)}
      onBlur={() => onChoose(null)}
      className="slider mt-1"
    />
  );
};
