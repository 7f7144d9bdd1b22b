import { describe, expect, it } from "vitest";
import type { ModelProviderChoice } from "~/contracts/model-choice";
import { groupModels, isPaid, isScripted, isUnpaid, lackOf, missingLines } from "./model-options";

const provider = (given: Partial<ModelProviderChoice>): ModelProviderChoice => ({
  provider: "anthropic",
  title: "Anthropic",
  isSimulated: false,
  lacks: null,
  takesAny: false,
  models: [{ id: "claude-haiku-5-5", lacks: null }],
  ...given,
});
const PROVIDERS = [
  provider({}),
  provider({ provider: "deepseek", title: "DeepSeek", lacks: "key" }),
  provider({ provider: "ollama", title: "Ollama", takesAny: true, models: [] }),
  provider({ provider: "openrouter", title: "OpenRouter", lacks: "key", models: [] }),
  provider({ provider: "zai", title: "Z.ai", models: [{ id: "glm-old", lacks: "price" }] }),
];

describe("the models of the form", () => {
  it("are those that can be asked here, by who answers", () => {
    expect(groupModels(PROVIDERS)).toEqual([
      { title: "Anthropic", models: [{ key: "anthropic/claude-haiku-5-5", name: "claude-haiku-5-5" }] },
    ]);
  });

  it("that cannot be asked are named with what is missing", () => {
    expect(missingLines(PROVIDERS)).toEqual([
      { key: "deepseek", name: "DeepSeek", lack: "key" },
      // A key would not help: nobody knows what its models cost.
      { key: "openrouter", name: "OpenRouter", lack: "price" },
      { key: "zai/glm-old", name: "glm-old of Z.ai", lack: "price" },
    ]);
  });

  it("by name lack what their provider does, and a price where none is known", () => {
    expect(lackOf("anthropic/claude-haiku-5-5", PROVIDERS)).toBeNull();
    expect(lackOf("deepseek/deepseek-flash", PROVIDERS)).toBe("key");
    expect(lackOf("anthropic/unknown", PROVIDERS)).toBe("price");
    expect(lackOf("ollama/anything", PROVIDERS)).toBeNull();
    expect(lackOf("zai/glm-old", PROVIDERS)).toBe("price");
    expect(lackOf("scripted/scripted-trader-1", PROVIDERS)).toBe("address");
  });

  it("are paid, but for a script and a machine of one's own", () => {
    const of = (model: string) => ({ decision: { model } });
    const all = [...PROVIDERS, provider({ provider: "scripted", isSimulated: true })];
    expect([isUnpaid(all, of("anthropic/x")), isScripted(all, of("anthropic/x"))]).toEqual([false, false]);
    expect([isUnpaid(all, of("ollama/x")), isScripted(all, of("ollama/x"))]).toEqual([true, false]);
    expect([isUnpaid(all, of("scripted/x")), isScripted(all, of("scripted/x"))]).toEqual([true, true]);
    expect(isUnpaid(all, of("acme/x"))).toBe(false);
  });

  it("are not said to be paid before it is known which one is asked", () => {
    const of = (model: string) => ({ decision: { model } });
    expect(isPaid(PROVIDERS, {}, undefined)).toBe(false);
    expect(isPaid(PROVIDERS, {}, of("anthropic/x"))).toBe(true);
    expect(isPaid(PROVIDERS, {}, of("ollama/x"))).toBe(false);
    expect(isPaid(PROVIDERS, of("ollama/x"), undefined)).toBe(false);
    expect(isPaid(PROVIDERS, of("anthropic/x"), of("ollama/x"))).toBe(true);
  });
});
