import { formatScore } from "~/components/format/format-score";

type ScoreBarProps = {
  readonly side: "long" | "short";
  readonly score: number | null;
  /** The score from which the bot enters; null: its mode has none. */
  readonly entryScore: number | null;
};

const percent = (fraction: number): string => `${Math.min(100, Math.max(0, fraction * 100))}%`;

/** A side's score on a scale from 0 to 1; the line across it is the score from which the bot enters. */
export const ScoreBar = ({ side, score, entryScore }: ScoreBarProps) => {
  const isEnough = score !== null && entryScore !== null && score >= entryScore;
  return (
    <span className="grid grid-cols-[2.5rem_minmax(4rem,1fr)_2.75rem] items-center gap-x-2 text-xs">
      <span className="text-muted">{side}</span>
      <span aria-hidden="true" className="relative block h-2 rounded-sm border border-line-strong">
        {score !== null && (
          <span
            className={`absolute inset-y-0 left-0 ${isEnough ? "bg-accent" : "bg-line-strong"}`}
            style={{ width: percent(score) }}
          />
        )}
        {entryScore !== null && (
          <span className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: percent(entryScore) }} />
        )}
      </span>
      <span className={`figure text-right ${isEnough ? "font-semibold" : ""}`}>{formatScore(score)}</span>
    </span>
  );
};
