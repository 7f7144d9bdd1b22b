import { formatPercent } from "~/components/format/format-amount";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { ACTION_WORDS, countGrounded } from "~/components/trading/answer-words";
import { Badge } from "~/components/ui/badge";
import { Exact } from "~/components/ui/amount";
import type { ModelProposal, PairAnswerView } from "~/contracts/model-view";
import { Fact, Facts } from "../facts";
import { CitationsTable } from "./citations-table";

const Proposal = ({ pair, proposal }: { readonly pair: string; readonly proposal: ModelProposal }) => {
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
        <Fact name="Evidence">{countGrounded(citations)}</Fact>
      </Facts>
      {citations.length > 0 && <CitationsTable pair={pair} citations={citations} />}
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
