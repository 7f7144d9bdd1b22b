"use client";

import { formatAmount } from "../format/format-amount";
import { CopyButton } from "../ui/copy-button";
import { FoldMark } from "../ui/fold-mark";
import { cutText, showHidden } from "./show-hidden";

const SHOWN_MAX = 60_000;
const LINE_MAX = 700;

/** A short foreign text within ours: as text alone, and its direction turns nothing around it. */
export const ForeignWords = ({ text, most = LINE_MAX }: { readonly text: string; readonly most?: number }) => {
  const { shown, more } = cutText(text, most);
  return (
    <bdi className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      {showHidden(shown)}
      {more > 0 && "…"}
    </bdi>
  );
};

type ForeignTextProps = {
  /** What it is, such as "Reply of the model". */
  readonly name: string;
  readonly text: string;
};

/** A long foreign text in its own frame: wrapped, bounded in height, reached by keyboard. */
const ForeignText = ({ name, text }: ForeignTextProps) => {
  const { shown, more } = cutText(text, SHOWN_MAX);
  return (
    <>
      <pre
        role="region"
        aria-label={name}
        // What scrolls must take the focus, or no key reaches what is out of sight.
        tabIndex={0}
        dir="ltr"
        className="max-h-96 overflow-y-auto rounded-sm border border-line bg-raised p-3 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        {showHidden(shown)}
      </pre>
      {more > 0 && (
        <p className="mt-1 text-sm text-muted">
          Cut here: {formatAmount(String(more), { digits: 0 })} more characters. Copying takes the whole.
        </p>
      )}
    </>
  );
};

/** A long foreign text that is folded away until somebody asks for it. */
export const FoldedText = ({ name, text }: ForeignTextProps) => (
  <details className="group min-w-0 rounded-md border border-line">
    <summary className="flex min-h-10 items-center gap-3 px-4 py-2 text-sm font-semibold hover:bg-raised/60">
      <FoldMark />
      <span className="min-w-0 grow">{name}</span>
      <span className="figure font-normal text-muted">
        {formatAmount(String(text.length), { digits: 0 })} characters
      </span>
    </summary>
    <div className="border-t border-line px-4 py-3">
      <div className="mb-2 flex justify-end">
        <CopyButton text={text} what={name} />
      </div>
      <ForeignText name={name} text={text} />
    </div>
  </details>
);
