import { expect, it } from "vitest";
import { mayAskFast } from "./may-ask-fast";

it.each<[what: string, model: string, acceleratedConsent: boolean, may: boolean]>([
  ["a paid model", "anthropic/claude-haiku-5-5", false, false],
  ["one that nobody knows", "nobody/model", false, false],
  ["a paid model with its trader's word", "anthropic/claude-haiku-5-5", true, true],
  ["a machine of one's own", "ollama/qwen3", false, true],
  ["a script", "scripted/scripted-trader-1", false, true],
])("whether a fast clock may ask %s", (_what, model, acceleratedConsent, may) => {
  expect(mayAskFast({ model, acceleratedConsent })).toBe(may);
});
