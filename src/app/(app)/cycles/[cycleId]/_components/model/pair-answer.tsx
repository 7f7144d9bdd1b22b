import { formatPercent } from "~/components/format/format-amount";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { ACTION_WORDS, areGrounded, countGrounded } from "~/components/trading/answer-words";
import { Badge } from "~/components/ui/badge";
import { Exact } from "~/components/ui/amount";
import { FoldMark } from "~/components/ui/fold-mark";
import type { ModelProposal, PairAnswerView } from "~/contracts/model-view";
import { Fact, Facts } from "../facts";
import { anchorOf } from "../sort-decisions";
import { CitationsTable } from "./citations-table";

type OfPair = { readonly pair: string; readonly proposal: ModelProposal };

/** What an answer rests on: folded where the pair is held, as a cycle's page would else be mostly that. */
const Evidence = ({ pair, proposal: { action, citations } }: OfPair) => (
  <details open={action !== "hold"} className="group min-w-0 rounded-md border border-line">
    <summary className="flex min-h-10 items-center gap-3 px-4 py-2 text-sm hover:bg-raised/60">
      <FoldMark />
      <span className="min-w-0">
        <span className="font-semibold">Evidence</span>
        <span className="sr-only"> about {pair}</span>{" "}
        <span className={areGrounded(citations) ? "text-muted" : "text-warn"}>{countGrounded(citations)}</span>
      </span>
    </summary>
    {/* Within what may be folded, so that a link to it unfolds it. */}
    <div id={anchorOf("evidence", pair)} className="scroll-mt-40">
      <CitationsTable pair={pair} citations={citations} />
    </div>
  </details>
);

const Proposal = ({ pair, proposal }: OfPair) => {
  const { confidence, thesis, stop, target, invalidation, citations } = proposal;
  return (
    <>
      <Facts>
        <Fact name="Thesis">
          <ForeignWords text={thesis} />
        </Fact>
        <Fact name="Confidence">
          <span className="figure">{formatPercent(confidence, { digits: 0 })}</span>, by its own word
        </Fact>
        {stop !== null && (
          <Fact name="Stop">
            <Exact value={stop} />
          </Fact>
        )}
        {target !== null && (
          <Fact name="Target">
            <Exact value={target} />
          </Fact>
        )}
        {invalidation.length > 0 && <Fact name="Wrong if">{invalidation.join(", or ")}</Fact>}
        {citations.length === 0 && <Fact name="Evidence">{countGrounded(citations)}</Fact>}
      </Facts>
      {citations.length > 0 && <Evidence pair={pair} proposal={proposal} />}
    </>
  );
};

/** What a model answered about one pair, as its trader reads it: it is a proposal, and the decision says what came of it. */
export const PairAnswer = ({ answer: { pair, proposal, fault } }: { readonly answer: PairAnswerView }) => {
  const action = proposal && ACTION_WORDS[proposal.action];
  return (
    <section aria-label={`Answer about ${pair}`} className="grid gap-3 border-t border-line py-4">
      <h4 className="flex flex-wrap items-center gap-2 text-sm font-semibold">
        {pair}
        {action ? <Badge tone={action.tone}>{action.word}</Badge> : <Badge tone="warn">No usable answer</Badge>}
      </h4>
      {fault !== null && (
        <p className="text-sm text-warn">
          <ForeignWords text={fault} />
        </p>
      )}
      {proposal && <Proposal pair={pair} proposal={proposal} />}
    </section>
  );
};
