import { formatPercent } from "~/components/format/format-amount";
import { formatScore } from "~/components/format/format-score";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { SideWord } from "~/components/trading/side-word";
import { Badge, type Tone } from "~/components/ui/badge";
import { FoldMark } from "~/components/ui/fold-mark";
import { VenueTime } from "~/components/ui/venue-time";
import type { PairDecision } from "~/contracts/cycle-view";
import type { EvidenceWords } from "~/trading/decision/basis/evidence-words";
import { DecisionTerms } from "./decision-terms";
import { EvidenceView, isCited } from "./evidence-view";
import { Fact, Facts } from "./facts";
import { GateBadge } from "./gate-badge";
import { ScoreBar } from "./score-bar";
import { anchorOf } from "./sort-decisions";

type DecisionProps = { readonly decision: PairDecision };

const ACTIONS: Record<PairDecision["action"], { readonly word: string; readonly tone: Tone }> = {
  open: { word: "Open", tone: "accent" },
  close: { word: "Close", tone: "accent" },
  hold: { word: "Hold", tone: "neutral" },
};

/** What stands in place of the sides' scores: a model has a confidence alone. */
const withoutScores = ({ evidence, score }: PairDecision): string =>
  evidence !== null && isCited(evidence) ? `confidence ${formatPercent(score, { digits: 0 })}` : "no scores";

const Summary = ({ decision }: DecisionProps) => {
  const { pair, action, side, scores, entryScore, reasonText, verdict } = decision;
  const { word, tone } = ACTIONS[action];
  const hasScores = scores.long !== null || scores.short !== null;
  return (
    <span className="grid min-w-0 flex-1 gap-x-6 gap-y-2 md:grid-cols-[11rem_14rem_1fr] md:items-center">
      <span className="flex flex-wrap items-center gap-2">
        <strong className="text-sm font-semibold">{pair}</strong>
        <Badge tone={tone}>
          {word}
          {side !== null && (
            <>
              {" "}
              <SideWord side={side} />
            </>
          )}
        </Badge>
      </span>
      <span className="grid gap-1">
        {hasScores ? (
          <>
            <ScoreBar side="long" score={scores.long} entryScore={entryScore} />
            <ScoreBar side="short" score={scores.short} entryScore={entryScore} />
          </>
        ) : (
          <span className="text-xs text-muted">{withoutScores(decision)}</span>
        )}
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="min-w-0">
          {/* It may be a model's own words. */}
          <ForeignWords text={reasonText} />
        </span>
        {verdict && <GateBadge verdict={verdict} />}
      </span>
    </span>
  );
};

type BodyProps = DecisionProps & { readonly words: EvidenceWords };

const Body = ({ decision, words }: BodyProps) => {
  const { action, entryScore, scores, decidedCandle, nearestChange, verdict, pair } = decision;
  return (
    <div className="grid gap-4 border-t border-line px-4 py-4">
      <Facts>
        {nearestChange !== null && <Fact name="What would let it enter">{nearestChange}</Fact>}
        <Fact name="Decision candle">
          {decidedCandle === null ? (
            "none: no new candle had closed"
          ) : (
            <>
              opened at <VenueTime at={decidedCandle} /> UTC
            </>
          )}
        </Fact>
        {entryScore !== null && scores.long !== null && (
          <Fact name="Enters from a score of">
            <span className="figure">{formatScore(entryScore)}</span>
          </Fact>
        )}
        {action === "open" && <DecisionTerms decision={decision} />}
        {verdict && (
          <Fact name="Risk gate">
            <a href={`#${anchorOf("risk", pair)}`} className="link inline-flex min-h-6 items-center">
              {verdict.reason}
            </a>
          </Fact>
        )}
      </Facts>
      <EvidenceView decision={decision} words={words} />
    </div>
  );
};

type DecisionCardProps = BodyProps & { readonly isOpen: boolean };

/** One pair's decision: closed, a line with what was wanted and why; open, all that led to it. */
export const DecisionCard = ({ decision, words, isOpen }: DecisionCardProps) => (
  <details id={anchorOf("decision", decision.pair)} open={isOpen} className="group scroll-mt-4 border-t border-line">
    <summary className="flex items-start gap-3 px-4 py-3 hover:bg-raised/60 md:items-center">
      <FoldMark />
      <Summary decision={decision} />
    </summary>
    <Body decision={decision} words={words} />
  </details>
);
