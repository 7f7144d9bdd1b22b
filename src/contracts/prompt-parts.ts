import type { PromptPart } from "./model-view";

type SentPrompt = { readonly system: readonly string[]; readonly message: string; readonly tool: unknown };

/** A prompt in the order in which it is sent, each part with whose words it is. */
export const promptParts = ({ system: [frame = "", ...own], message, tool }: SentPrompt): PromptPart[] => [
  { name: "frame", whose: "ours", text: frame },
  { name: "strategy", whose: "trader", text: own.join("\n\n") },
  { name: "message", whose: "data", text: message },
  { name: "form of the answer", whose: "ours", text: JSON.stringify(tool ?? null, null, 2) },
];
