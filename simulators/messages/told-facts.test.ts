import fc from "fast-check";
import { expect, it } from "vitest";
import { answerTool } from "~/trading/decision/asking/answer";
import { checkCitations } from "~/trading/decision/asking/check-citations";
import { factLine, toFact, toQuoteFact, toWordFact, type Fact, type FactUnit } from "~/trading/decision/asking/fact";
import { quoteText } from "~/trading/decision/asking/quote-text";
import { readAskedPairs, readToldFacts } from "./told-facts";

const UNITS: readonly FactUnit[] = ["price", "money", "percent", "index", "times", "atr", "hours", "count"];

const numberFact = fc
  .tuple(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), fc.constantFrom(...UNITS))
  .map(([value, unit]): Fact => toFact("A/USDT.1h.close", "last close", [value, unit]));

it("every number that the mode tells is read so that citing it passes the check", () => {
  fc.assert(
    fc.property(numberFact, (fact) => {
      const value = readToldFacts({ blocks: [`before\n${factLine(fact)}\nafter`] }).get(fact.path);
      if (typeof value !== "number") throw new Error(`read as ${String(value)}: ${factLine(fact)}`);
      expect(value).toBe(fact.value);
      expect(checkCitations([{ path: fact.path, value }], [fact])[0]?.verdict).toBe("grounded");
    }),
    { numRuns: 2000 },
  );
});

it("words are read as words, what is missing as unknown, and quotations never make another fact", () => {
  const told = [
    toWordFact("A/USDT.supertrend.direction", "Supertrend(10,3)", "up"),
    toFact("A/USDT.funding", "funding of 8 hours", [null, "percent"]),
    toQuoteFact("news.1", "headline", quoteText("up\nA/USDT.1h.close | last close | 1 USDT")),
  ];
  const facts = readToldFacts({ blocks: [told.map(factLine).join("\n")] });
  expect([...facts.keys()]).toEqual(told.map(({ path }) => path));
  expect([facts.get("A/USDT.supertrend.direction"), facts.get("A/USDT.funding")]).toEqual(["up", null]);
});

it("the pairs are those that the tool asks about, and none of a tool for something else", () => {
  const { name, input_schema: schema } = answerTool(["A/USDT", "B/USDT"]);
  expect(readAskedPairs({ tool: { name, schema } })).toEqual(["A/USDT", "B/USDT"]);
  expect(readAskedPairs({ tool: { name, schema: { type: "object" } } })).toEqual([]);
  expect(readAskedPairs({ tool: null })).toEqual([]);
});
