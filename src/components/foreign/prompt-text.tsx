import type { PromptPart } from "~/contracts/model-view";
import { FoldedText } from "./foreign-text";

const WHOSE_WORDS: Readonly<Record<PromptPart["whose"], string>> = {
  ours: "the frame, fixed",
  trader: "the trader's own part",
  data: "data, new with each question",
};

/** Every word of a prompt, part by part, with whose words they are. */
export const PromptText = ({ parts }: { readonly parts: readonly PromptPart[] }) => (
  <div className="grid gap-2">
    {parts.map(({ name, whose, text }) => (
      <FoldedText key={name} name={`Prompt: ${name} (${WHOSE_WORDS[whose]})`} text={text} />
    ))}
  </div>
);
