import { describe, expect, it } from "vitest";
import { providerChoices } from "./provider-choices";

const NOW = Date.parse("2026-11-28");
type Models = Parameters<typeof providerChoices>[0]["models"];
const NOTHING: Models = { sharedKeyOf: () => null, scriptedUrl: null, allowsPrivate: false };

const lacksOf = (models: Partial<Models>, keys: readonly (readonly [string, string | null])[] = []) =>
  Object.fromEntries(
    providerChoices({
      models: { ...NOTHING, ...models },
      keys: new Map(keys.map(([provider, baseUrl]) => [provider, { baseUrl }])),
      now: NOW,
    }).map(({ provider, lacks }) => [provider, lacks]),
  );

describe("who can be asked", () => {
  it("without a key is nobody, and the scripted model is no choice where it is not run", () => {
    const lacks = lacksOf({});
    expect(lacks).toMatchObject({ anthropic: "key", deepseek: "key", litellm: "address", ollama: "address" });
    expect(lacks).not.toHaveProperty("scripted");
  });

  it("is the scripted model where it has an address", () => {
    expect(lacksOf({ scriptedUrl: "http://localhost:1" })["scripted"]).toBeNull();
  });

  it("is a provider by a key of one's own, or by the deployment's where users may use it", () => {
    expect(lacksOf({}, [["anthropic", null]])).toMatchObject({ anthropic: null, deepseek: "key" });
    const sharedKeyOf: Models["sharedKeyOf"] = (id) => (id === "deepseek" ? "k" : null);
    expect(lacksOf({ sharedKeyOf })).toMatchObject({ anthropic: "key", deepseek: null });
  });

  it("is a machine of one's own by an address, or where this machine may be asked", () => {
    expect(lacksOf({}, [["ollama", "https://models.example.org"]])["ollama"]).toBeNull();
    expect(lacksOf({ allowsPrivate: true })).toMatchObject({ ollama: null, vllm: null, litellm: "address" });
    expect(lacksOf({}, [["litellm", "https://proxy.example.org"]])["litellm"]).toBeNull();
  });

  it("has models whose price is known, and takes any only where none costs anything", () => {
    const all = providerChoices({ models: { ...NOTHING, allowsPrivate: true }, keys: new Map(), now: NOW });
    const [anthropic] = all;
    expect(anthropic?.models.every(({ lacks }) => lacks === null)).toBe(true);
    expect(all.filter(({ takesAny }) => takesAny).map(({ provider }) => provider)).toEqual([
      "ollama",
      "vllm",
      "lm-studio",
      "llama-cpp",
    ]);
    const early = providerChoices({ models: NOTHING, keys: new Map(), now: Date.parse("2020-01-01") });
    expect(early[0]?.models.map(({ lacks }) => lacks)).toContain("price");
  });
});
