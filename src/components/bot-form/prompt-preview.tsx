"use client";

import { useId, useState } from "react";
import { formatDollars } from "~/components/format/format-dollars";
import { formatUtc } from "~/components/format/format-time";
import { PromptText } from "~/components/foreign/prompt-text";
import { useBotForm } from "./form-context";
import { usePrompt } from "./use-prompt";
import type { ShownPrompt } from "./worker-messages";

type KnownPrompt = Extract<ShownPrompt, { isKnown: true }>;

const NOTE =
  "Exactly what would be sent at the last close, if the bot had no position yet. Only the marker around the data differs: it is a word that nobody can guess, new in each cycle.";

const CORRECT = "It is written once the entries above are corrected.";
const OLD = "This is the prompt of what stood here before: it is written anew once the entries above are corrected.";

const Written = ({ prompt: { at, most } }: { readonly prompt: KnownPrompt }) => (
  <>
    {NOTE} The close of <span className="figure">{formatUtc(new Date(at))}</span> UTC in its market;{" "}
    {most === null ? "what it may cost is unknown" : `${formatDollars(most)} would be set aside for it`}.
  </>
);

const Preview = () => {
  const form = useBotForm();
  const prompt = usePrompt(true);
  // Without an amount of money no prompt is written either.
  const isCurrent = form.isCurrent && form.reading?.capital !== null;
  if (prompt === "failed") return <p className="text-sm text-loss">The prompt could not be written in this browser.</p>;
  if (prompt?.isKnown !== true) {
    const reason = prompt === null ? "Writing it…" : prompt.reason;
    return <p className="text-sm text-muted">{isCurrent ? reason : CORRECT}</p>;
  }
  return (
    <>
      <p className={`mb-2 text-sm ${isCurrent ? "text-muted" : "text-warn"}`}>
        {isCurrent ? <Written prompt={prompt} /> : OLD}
      </p>
      {/* It stays, so that what a reader has unfolded is not folded again with each mistyped letter. */}
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
