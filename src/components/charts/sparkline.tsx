type SparklineProps = {
  /** Decimal strings, oldest first. */
  readonly values: readonly string[];
  /** One sentence that says what the line shows. */
  readonly label: string;
};

const WIDTH = 96;
const HEIGHT = 28;
const EDGE = 2;

/** A small line without axes; the dashed line is its first value. */
export const Sparkline = ({ values, label }: SparklineProps) => {
  const numbers = values.map(Number).filter(Number.isFinite);
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined || numbers.length < 2) {
    return <span className="text-sm text-muted">too few points</span>;
  }
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const x = (index: number): number => (index / (numbers.length - 1)) * WIDTH;
  const y = (value: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const points = numbers.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className={last >= first ? "text-gain" : "text-loss"}
    >
      <line
        x1="0"
        x2={WIDTH}
        y1={y(first)}
        y2={y(first)}
        stroke="var(--c-line-strong)"
        strokeDasharray="2 3"
        strokeWidth="1"
      />
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
};
