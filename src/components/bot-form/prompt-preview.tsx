"use client";

import { useId, useState } from "react";
import { formatDollars } from "~/components/format/format-dollars";
import { formatUtc } from "~/components/format/format-time";
import { PromptText } from "~/components/foreign/prompt-text";
import { useBotForm } from "./form-context";
import { usePrompt } from "./use-prompt";

const NOTE =
  "Exactly what would be sent at the last close, if the bot had no position yet. Only the marker around the data differs: it is a word that nobody can guess, new in each cycle.";

const Preview = () => {
  const { isCurrent } = useBotForm();
  const prompt = usePrompt(true);
  if (!isCurrent) return <p className="text-sm text-muted">It is written once the entries above are corrected.</p>;
  if (prompt === null) return <p className="text-sm text-muted">Writing it…</p>;
  if (prompt === "failed") return <p className="text-sm text-loss">This browser could not write the prompt.</p>;
  if (!prompt.isKnown) return <p className="text-sm text-muted">{prompt.reason}</p>;
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        {NOTE} The close of <span className="figure">{formatUtc(new Date(prompt.at))}</span> UTC in its market;{" "}
        {prompt.most === null
          ? "what it may cost is unknown"
          : `${formatDollars(prompt.most)} would be set aside for it`}
        .
      </p>
      <PromptText parts={prompt.parts} />
    </>
  );
};

/** Shows the prompt that the settings lead to, once somebody asks for it. */
export const PromptPreview = () => {
  const [isShown, setShown] = useState(false);
  const id = useId();
  return (
    <div className="mt-2">
      <button
        type="button"
        className="button"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? "Hide the prompt" : "Show the prompt"}
      </button>
      <div id={id} className="mt-3 empty:hidden">
        {isShown && <Preview />}
      </div>
    </div>
  );
};
