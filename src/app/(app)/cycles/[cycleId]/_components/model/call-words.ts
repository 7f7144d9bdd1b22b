import type { Tone } from "~/components/ui/badge";
import type { CitationView, ModelCallView, ModelProposal, PairAnswerView } from "~/contracts/model-view";

type CallWords = { readonly word: string; readonly tone: Tone; readonly text: string };

const LOST = "The reply was lost: the call may have been paid, so it is not repeated, and its reserve stays charged.";

const WORDS: Readonly<Record<ModelCallView["state"], CallWords>> = {
  reserved: { word: "Asked", tone: "accent", text: "It was asked, and no reply is here yet." },
  replied: { word: "Replied", tone: "gain", text: "It replied." },
  refused: { word: "Refused", tone: "warn", text: "It was not asked, or turned the question away: nothing was paid." },
  lost: { word: "Reply lost", tone: "loss", text: LOST },
};

const WISHES: readonly (readonly [wish: string, actions: readonly ModelProposal["action"][]])[] = [
  ["enter", ["open_long", "open_short"]],
  ["close", ["close"]],
  ["hold", ["hold"]],
];

/** What a reply wants of how many pairs, and of how many it says nothing that counts. */
const tellWishes = (pairs: readonly PairAnswerView[]): string => {
  const usable = pairs.flatMap(({ proposal }) => proposal ?? []);
  const wishes = WISHES.map(([wish, actions]) => ({
    wish,
    count: usable.filter(({ action }) => actions.includes(action)).length,
  })).filter(({ count }) => count > 0);
  const unusable = pairs.length - usable.length;
  const parts = [
    ...(wishes.length > 0 ? [`it wants to ${wishes.map(({ wish, count }) => `${wish} ${count}`).join(", ")}`] : []),
    ...(unusable > 0 ? [`its answer about ${unusable} cannot be used`] : []),
  ];
  return `Of ${pairs.length} ${pairs.length === 1 ? "pair" : "pairs"} ${parts.join("; ")}.`;
};

type Asked = Pick<ModelCallView, "state" | "fault" | "pairs">;

/** What became of a question. */
export const callWords = ({ state, fault, pairs }: Asked): CallWords => {
  const words = WORDS[state];
  if (state !== "replied") return words;
  if (fault !== null) {
    return { word: "Of no use", tone: "warn", text: `It replied, and nothing of it can be used: ${fault}.` };
  }
  return pairs.length === 0 ? words : { ...words, text: tellWishes(pairs) };
};

export const VERDICT_WORDS: Readonly<Record<CitationView["verdict"], string>> = {
  grounded: "grounded",
  differs: "differs",
  "unknown-path": "unknown: never told",
  "missing-value": "told to be missing",
  quoted: "others' words, no ground",
};
