import { expect, it } from "vitest";
import { isModelKey } from "./model-key";

it.each(["sk-ant-api03_x.y~z+/=:1", "ollama", "k".repeat(500)])("%s can be a key", (text) => {
  expect(isModelKey(text)).toBe(true);
});

it.each([
  "",
  "short",
  "sk with spaces",
  "sk-line\nbreak",
  "sk-line-end\n",
  'sk-"quote"',
  "sk-ünïcode",
  "k".repeat(501),
])("%j cannot", (text) => {
  expect(isModelKey(text)).toBe(false);
});
