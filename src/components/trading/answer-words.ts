import type { Tone } from "~/components/ui/badge";
import type { CitationView, ModelProposal } from "~/contracts/model-view";

/** What a model proposes for a pair. */
export const ACTION_WORDS: Readonly<Record<ModelProposal["action"], { readonly word: string; readonly tone: Tone }>> = {
  open_long: { word: "Open long", tone: "accent" },
  open_short: { word: "Open short", tone: "accent" },
  close: { word: "Close", tone: "accent" },
  hold: { word: "Hold", tone: "neutral" },
};

const isGrounded = ({ verdict }: CitationView): boolean => verdict === "grounded";

/** Whether each of them is as the model was told. */
export const areGrounded = (citations: readonly CitationView[]): boolean => citations.every(isGrounded);

/** How many citations hold, in words. */
export const countGrounded = (citations: readonly CitationView[]): string => {
  const grounded = citations.filter(isGrounded).length;
  if (citations.length === 0) return "It cites nothing.";
  return grounded === citations.length
    ? `All ${citations.length} citations are as the model was told.`
    : `${grounded} of ${citations.length} citations are as the model was told: what is not makes an entry or a close void.`;
};
