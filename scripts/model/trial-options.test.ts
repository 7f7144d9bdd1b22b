import { expect, it } from "vitest";
import { parseTrialOptions } from "./trial-options";

const NOW = Date.parse("2026-11-28");
const parse = (line: string) => parseTrialOptions(line.split(" "), NOW);
const HAIKU = "--provider anthropic --model claude-haiku-5-5";

it("takes address, abilities and price from the catalogue", () => {
  expect(parse(HAIKU)).toMatchObject({
    provider: "anthropic",
    model: { id: "claude-haiku-5-5", capabilities: { forcedTool: false } },
    baseUrl: "https://api.anthropic.com",
    withinMs: 30_000,
  });
  expect(parse(HAIKU)?.price.bands[0]?.rates.output.toFixed()).toBe("0.5");
});

it("prefers an address and a price that are given", () => {
  const options = parse(
    "--provider litellm --model x --base-url http://localhost:4000 --price 3/15/0.30/3.75 --within 5",
  );
  expect(options).toMatchObject({ baseUrl: "http://localhost:4000", withinMs: 5000 });
  const rates = options?.price.bands[0]?.rates;
  expect([rates?.input, rates?.output, rates?.cacheRead, rates?.cacheWrite].map((rate) => rate?.toFixed())).toEqual([
    "3",
    "15",
    "0.3",
    "3.75",
  ]);
  expect(parse("--provider zai --model x --price 0/0")?.price.bands[0]?.rates).toMatchObject({ cacheRead: null });
});

it("has no address of its own with the simulator", () => {
  expect(parse(`${HAIKU} --simulator`)).toMatchObject({ baseUrl: null });
  expect(parse("--help")).toBeNull();
});

it.each<[line: string, says: RegExp]>([
  ["--model x", /--provider is one of anthropic/],
  ["--provider acme --model x", /--provider is one of/],
  ["--provider anthropic", /--model needs/],
  ["--provider openrouter --model x/y", /No price is known for x\/y.*Give it by --price/],
  ["--provider litellm --model x --price 1/2", /LiteLLM proxy needs its address: --base-url/],
  [`${HAIKU} --price free`, /--price needs US dollars/],
  [`${HAIKU} --price 1/2/3`, /--price needs US dollars/],
  [`${HAIKU} --price -1/2`, /--price needs US dollars|argument/],
  [`${HAIKU} --within 0`, /--within needs seconds/],
  [`${HAIKU} --within 1e9`, /--within needs seconds/],
  [`${HAIKU} --simulator --base-url http://localhost:1`, /address of its own/],
  [`${HAIKU} --key sk-1`, /--key/],
])("%s: says what is wrong", (line, says) => {
  expect(() => parse(line)).toThrow(says);
});
