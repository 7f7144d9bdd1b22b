"use client";

import { useBotForm } from "~/components/bot-form/form-context";
import { formatPercent } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import { formatUtc } from "~/components/format/format-time";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { ACTION_WORDS, countGrounded } from "~/components/trading/answer-words";
import { Badge } from "~/components/ui/badge";
import type { PairAnswerView } from "~/contracts/model-view";
import type { PastQuestion, TriedSettings } from "~/contracts/strategy-trial";
import { useTrial, type Trial } from "./use-trial";

const Answer = ({ answer }: { readonly answer: PairAnswerView | undefined }) => {
  if (!answer?.proposal) return <Badge tone="warn">No usable answer</Badge>;
  const { action, confidence } = answer.proposal;
  const { word, tone } = ACTION_WORDS[action];
  return (
    <>
      <Badge tone={tone}>{word}</Badge>
      <span className="figure text-muted">{formatPercent(confidence, { digits: 0 })} sure</span>
    </>
  );
};

const Why = ({ answer }: { readonly answer: PairAnswerView }) => (
  <p className="mt-1 max-w-prose text-sm text-muted">
    {answer.proposal && (
      <>
        <ForeignWords text={answer.proposal.thesis} /> {countGrounded(answer.proposal.citations)}
      </>
    )}
    {answer.fault !== null && <ForeignWords text={answer.fault} />}
  </p>
);

type PairProps = { readonly before: PairAnswerView; readonly after: PairAnswerView | null | undefined };

/** `after` null: it was not asked again; undefined: it was, and has no answer. */
const Pair = ({ before, after }: PairProps) => (
  <li className="py-1.5">
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <span className="min-w-24 font-semibold">{before.pair}</span>
      <span className="sr-only">It answered</span>
      <Answer answer={before} />
      {after !== null && (
        <>
          <span aria-hidden="true">→</span>
          <span className="sr-only">and by the settings above</span>
          <Answer answer={after} />
        </>
      )}
    </p>
    {after && <Why answer={after} />}
  </li>
);

const isOther = (by: TriedSettings, now: TriedSettings): boolean =>
  (Object.keys(now) as (keyof TriedSettings)[]).some((name) => by[name] !== now[name]);

/** What the trial cost, and whether it was by what stands above now. */
const Outcome = ({ trial: { tried, by }, now }: { readonly trial: Trial; readonly now: TriedSettings }) => (
  <p role="status" className="mt-1 text-sm">
    {tried.fault !== null && (
      <span className="text-warn">
        No answer: <ForeignWords text={tried.fault.replace(/\.$/, "")} />.{" "}
      </span>
    )}
    <span className="text-muted">
      {tried.cost === null ? "Nothing was paid yet." : `It cost ${formatDollars(tried.cost)}.`}
      {isOther(by, now) && " What stands above has been changed since."}
    </span>
  </p>
);

type PastQuestionProps = {
  readonly botId: string;
  readonly question: PastQuestion;
  readonly decision: TriedSettings;
};

/** One question of the past: what was answered then, and what is answered by the settings that stand in the form. */
export const PastQuestionItem = ({ botId, question, decision }: PastQuestionProps) => {
  const { trial, isPending, error, ask } = useTrial(botId, question.callId);
  // What is being corrected cannot be asked by.
  const { isCurrent } = useBotForm();
  const close = formatUtc(question.slot);
  const answers =
    trial && trial.tried.pairs.length > 0 ? new Map(trial.tried.pairs.map((one) => [one.pair, one])) : null;
  return (
    <li className="border-t border-line py-3 first:border-t-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">
          Close of <span className="figure">{close}</span>
        </h3>
        <button type="button" className="button" disabled={isPending || !isCurrent} onClick={() => ask(decision)}>
          {isPending ? "Asking…" : "Ask again"}
          <span className="sr-only"> about {close}</span>
          {!isPending && question.most !== null && (
            <span className="figure font-normal text-muted">up to {formatDollars(question.most)}</span>
          )}
        </button>
      </div>
      <ul>
        {question.pairs.map((before) => (
          <Pair key={before.pair} before={before} after={answers && answers.get(before.pair)} />
        ))}
      </ul>
      {error !== null && (
        <p role="alert" className="mt-1 text-sm text-loss">
          {error}
        </p>
      )}
      {trial && <Outcome trial={trial} now={decision} />}
    </li>
  );
};
