import { FoldedText, ForeignWords } from "~/components/foreign/foreign-text";
import { PromptText } from "~/components/foreign/prompt-text";
import { Badge } from "~/components/ui/badge";
import type { ModelCallView } from "~/contracts/model-view";
import { CallFacts } from "./call-facts";
import { callWords } from "./call-words";
import { PairAnswer } from "./pair-answer";

type CallProps = { readonly call: ModelCallView };

const titleOf = ({ attempt }: ModelCallView): string =>
  attempt === 1 ? "Question" : `Question ${attempt}, to repair the reply before`;

const Texts = ({ call: { prompt, raw } }: CallProps) => (
  <div className="grid gap-2">
    <PromptText parts={prompt} />
    {raw !== null && <FoldedText name="Reply of the model, as it came" text={raw} />}
  </div>
);

/** One question to a model: what became of it, what it cost, what it proposed, and every word of both. */
export const ModelCall = ({ call, isHistory }: CallProps & { readonly isHistory: boolean }) => {
  const { word, tone, text } = callWords(call);
  const title = titleOf(call);
  return (
    <section aria-label={title} className="grid gap-4 border-t border-line px-4 py-4">
      <div>
        <h3 className="flex flex-wrap items-center gap-2 text-sm font-semibold">
          {title}
          <Badge tone={tone}>{word}</Badge>
          {call.isSimulated && <Badge tone="demo">Scripted model, simulated</Badge>}
        </h3>
        <p className="mt-1 max-w-prose text-sm">
          <ForeignWords text={text} />
          {call.reason !== null && (
            <>
              {" "}
              <ForeignWords text={call.reason} />
            </>
          )}
        </p>
      </div>
      <CallFacts call={call} isHistory={isHistory} />
      {call.pairs.length > 0 && (
        <div>
          {call.pairs.map((answer) => (
            <PairAnswer key={answer.pair} answer={answer} />
          ))}
        </div>
      )}
      {call.ignored.length > 0 && (
        <p className="text-sm text-muted">
          It also answered about what nobody asked, which counts for nothing:{" "}
          <ForeignWords text={call.ignored.join(", ")} />
        </p>
      )}
      <Texts call={call} />
    </section>
  );
};
