import { expect, it } from "vitest";
import { findNamedModel, findNamedPrice } from "./find-named-model";

const NOW = Date.parse("2026-11-28");

it("is found by its provider and its whole name there", () => {
  expect(findNamedModel("anthropic/claude-haiku-5-5")).toMatchObject({ provider: "anthropic", id: "claude-haiku-5-5" });
  expect(findNamedModel("openrouter/qwen/qwen3")).toMatchObject({ provider: "openrouter", id: "qwen/qwen3" });
});

it.each(["", "anthropic", "anthropic/", "/claude-haiku-5-5", "nobody/model", "constructor/model", "Anthropic/model"])(
  "nobody has %j",
  (name) => {
    expect(findNamedModel(name)).toBeNull();
    expect(findNamedPrice(name, NOW)).toEqual({ outcome: "refused", reason: expect.stringMatching(/no provider/) });
  },
);

it("costs what it does at a time, and nothing that is not known", () => {
  expect(findNamedPrice("anthropic/claude-haiku-4-5", NOW)).toMatchObject({ outcome: "priced" });
  expect(findNamedPrice("ollama/qwen3", NOW)).toMatchObject({ outcome: "priced" });
  expect(findNamedPrice("openrouter/qwen/qwen3", NOW)).toMatchObject({ outcome: "refused" });
  expect(findNamedPrice("anthropic/claude-haiku-4-5", 0)).toMatchObject({ outcome: "refused" });
});
