import type { Tone } from "~/components/ui/badge";
import type { CitationView, ModelCallView } from "~/contracts/model-view";

type CallWords = { readonly word: string; readonly tone: Tone; readonly text: string };

const LOST = "The reply was lost: the call may have been paid, so it is not repeated, and its reserve stays charged.";

const WORDS: Readonly<Record<ModelCallView["state"], CallWords>> = {
  reserved: { word: "Asked", tone: "accent", text: "It was asked, and no reply is here yet." },
  replied: { word: "Replied", tone: "gain", text: "It replied." },
  refused: { word: "Refused", tone: "warn", text: "It was not asked, or turned the question away: nothing was paid." },
  lost: { word: "Reply lost", tone: "loss", text: LOST },
};

/** What became of a question. */
export const callWords = ({ state, fault }: Pick<ModelCallView, "state" | "fault">): CallWords =>
  state === "replied" && fault !== null
    ? { word: "Of no use", tone: "warn", text: `It replied, and nothing of it can be used: ${fault}.` }
    : WORDS[state];

export const VERDICT_WORDS: Readonly<Record<CitationView["verdict"], string>> = {
  grounded: "grounded",
  differs: "differs",
  "unknown-path": "unknown: never told",
  "missing-value": "told to be missing",
  quoted: "others' words, no ground",
};
