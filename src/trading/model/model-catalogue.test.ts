import { describe, expect, it } from "vitest";
import { findModel } from "./find-model";
import { findPrice } from "./find-price";
import { MODEL_CATALOGUE } from "./model-catalogue";
import { PROVIDER_IDS, PROVIDERS } from "./model-provider";

describe("the catalogue of models", () => {
  it("has each model once", () => {
    const names = MODEL_CATALOGUE.map(({ provider, id }) => `${provider} ${id}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(MODEL_CATALOGUE)("$id has prices by rising date, each for all prompts, none of them 0", ({ prices }) => {
    expect(prices.length).toBeGreaterThan(0);
    expect(prices.map(({ validFrom }) => validFrom)).toEqual(
      prices.map(({ validFrom }) => validFrom).toSorted((a, b) => a - b),
    );
    for (const { validFrom, bands } of prices) {
      expect(Number.isFinite(validFrom)).toBe(true);
      const lengths = bands.map(({ promptTokensMax }) => promptTokensMax ?? Number.POSITIVE_INFINITY);
      expect(lengths).toEqual([...new Set(lengths)].toSorted((a, b) => a - b));
      expect(lengths.at(-1)).toBe(Number.POSITIVE_INFINITY);
      const rates = bands.flatMap(({ rates: { input, output, cacheRead, cacheWrite } }) => [
        input,
        output,
        cacheRead,
        cacheWrite,
      ]);
      expect(rates.filter((rate) => rate !== null && !rate.gt(0))).toEqual([]);
    }
  });

  it("asks no more for what is read from the cache than for what is read, nor for that than for what is written", () => {
    const odd = MODEL_CATALOGUE.filter(({ prices }) =>
      prices.some(({ bands }) =>
        bands.some(({ rates }) => rates.cacheRead?.gt(rates.input) === true || rates.input.gt(rates.output)),
      ),
    );
    expect(odd).toEqual([]);
  });

  it("asks no less for a token of a longer prompt", () => {
    for (const { bands } of MODEL_CATALOGUE.flatMap(({ prices }) => prices)) {
      const inputs = bands.map(({ rates }) => rates.input.toNumber());
      expect(inputs).toEqual(inputs.toSorted((a, b) => a - b));
    }
  });

  it("takes an unknown name for a plain model, free only on one's own machine", () => {
    for (const provider of PROVIDER_IDS) {
      const { prices, capabilities } = findModel(provider, "unheard-of");
      expect(prices.length > 0).toBe(PROVIDERS[provider].isOwnMachine);
      expect(Object.values(capabilities)).toEqual([false, false, false, false]);
    }
  });
});

describe("the catalogue of providers", () => {
  it.each(Object.entries(PROVIDERS))(
    "%s has an address as the SDK wants it, encrypted unless it is here",
    (_id, provider) => {
      if (provider.baseUrl === null) return;
      const url = new URL(provider.baseUrl);
      expect(provider.baseUrl).not.toMatch(/\/v1$|\/$/);
      expect(url.protocol === "https:" || (provider.isOwnMachine && url.hostname === "localhost")).toBe(true);
    },
  );

  it("names another variable for each key, and gives none the newest version but Anthropic", () => {
    const variables = Object.values(PROVIDERS).map(({ keyVariable }) => keyVariable);
    expect(new Set(variables).size).toBe(variables.length);
    const newest = PROVIDER_IDS.filter((id) => PROVIDERS[id].apiVersion === "2026-10-21");
    expect(newest).toEqual(["anthropic"]);
  });
});

describe("the scripted model", () => {
  const scripted = findModel("scripted", "scripted-trader-1");

  it("is cheaper than any real one, so that no book of a demo looks like a bill", () => {
    const inputOf = ({ prices }: typeof scripted) => prices.at(-1)?.bands[0]?.rates.input.toNumber() ?? 0;
    const real = MODEL_CATALOGUE.filter(({ provider }) => !PROVIDERS[provider].isScripted);
    expect(Math.min(...real.map(inputOf))).toBeGreaterThan(inputOf(scripted));
  });

  it("has a price at any time of a demo's market, and no other model of its provider has one", () => {
    expect(findPrice(scripted, Date.parse("2020-01-01")).outcome).toBe("priced");
    expect(findPrice(findModel("scripted", "scripted-trader-2"), Date.now()).outcome).toBe("refused");
  });

  it("alone is of a provider that is scripted, and that has no address but the deployment's", () => {
    expect(PROVIDER_IDS.filter((id) => PROVIDERS[id].isScripted)).toEqual(["scripted"]);
    expect(PROVIDERS.scripted).toMatchObject({
      baseUrl: null,
      needsKey: false,
      title: expect.stringMatching(/simulated/),
    });
  });
});
