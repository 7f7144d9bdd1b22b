import { expect, it } from "vitest";
import { pairAnswerSchema } from "./answer";
import { factLine, toFact } from "./fact";
import { llmSettingsSchema } from "./llm-settings";
import { marketFacts } from "./market-facts";
import { toldFacts, toldReadings, TOLD_PAIR } from "./testing/told-market";
import { writeAgain, writePrompt } from "./write-prompt";

const FACTS = toldFacts();
const settings = llmSettingsSchema.parse({ strategy: "Buy dips." });
const ask = (delimiter = "d1", facts = FACTS) =>
  writePrompt({
    settings,
    pairs: [TOLD_PAIR],
    sections: [{ title: "All", facts }],
    time: "2026-01-01T00:00:00.000Z",
    delimiter,
  });

type Option = { properties: Record<string, unknown>; required: string[]; additionalProperties: boolean };

it("says the same in the same bytes, and what changes comes last, so that it can be cached", () => {
  expect(ask()).toEqual(ask());
  const [one, other] = [ask("d1"), ask("d2", toldFacts(2))];
  expect(other.system).toEqual(one.system);
  expect(other.tool).toEqual(one.tool);
  expect(other.message).not.toBe(one.message);
});

it("asks about what was told before, word for word, as if it had been told under the other settings", () => {
  const other = llmSettingsSchema.parse({ strategy: "Sell rallies.", sides: "long", confidenceMin: 0.8 });
  const again = writeAgain(other, { pairs: [TOLD_PAIR], message: ask().message });
  expect(again).toEqual({ ...ask(), system: again.system });
  expect(again.system[0]).toBe(ask().system[0]);
  expect(again.system[1]).toMatch(/Sell rallies\.[^]*confidence of 0\.8[^]*opens no short/);
});

it("keeps the frame as it is, whatever the trader writes", () => {
  const [frame, strategy] = ask().system;
  expect(strategy).toContain("Buy dips.");
  expect(frame).not.toContain("Buy dips.");
});

it("shows each fact once, by a path of its own, with its unit", () => {
  const { message } = ask();
  expect(new Set(FACTS.map(({ path }) => path)).size).toBe(FACTS.length);
  for (const fact of FACTS) expect(message.split("\n").filter((line) => line === factLine(fact))).toHaveLength(1);
});

it("says of what is unknown that it is missing, and never 0", () => {
  const unknown = { fundingRate: null, openInterestRatio: null, narrative: null };
  const facts = marketFacts({ pair: TOLD_PAIR, readings: toldReadings(), ...unknown });
  const lines = facts.map(factLine);
  expect(lines).toContain(`${TOLD_PAIR}.funding | funding of 8 hours | missing`);
  expect(lines).toContain(`${TOLD_PAIR}.open-interest | open interest over that of the reading before | missing`);
  expect(factLine(toFact("a", "b", [Number.NaN, "price"]))).toBe("a | b | missing");
  expect(lines).toContain(`${TOLD_PAIR}.pain.squeeze | who may be squeezed | missing`);
  expect(lines).toContain(`${TOLD_PAIR}.setup.microstructure | hypothesis: microstructure | missing`);
  expect(lines.filter((line) => line.endsWith("unknown"))).toEqual([]);
});

it("writes numbers in plain notation with the digits of their unit", () => {
  expect(factLine(toFact("a", "b", [0.000000123456789, "price"]))).toBe("a | b | 0.00000012345679 USDT");
  expect(factLine(toFact("a", "b", [61.43219, "index"]))).toBe("a | b | 61.43 of 100");
  expect(factLine(toFact("a", "b", [0, "count"]))).toBe("a | b | 0");
});

it("offers a tool whose schema asks for all that an answer needs, for these pairs alone", () => {
  const { decisions } = ask().tool.input_schema["properties"] as { decisions: { items: { anyOf: Option[] } } };
  const shapes = decisions.items.anyOf.map(({ properties, required, additionalProperties }) => ({
    actions: (properties["action"] as { enum: string[] }).enum,
    pairs: (properties["pair"] as { enum: string[] }).enum,
    isWhole: Object.keys(properties).every((field) => required.includes(field)),
    additionalProperties,
  }));
  const closed = { pairs: [TOLD_PAIR], isWhole: true, additionalProperties: false };
  expect(shapes).toEqual([
    { actions: ["open_long", "open_short"], ...closed },
    { actions: ["close", "hold"], ...closed },
  ]);
  expect(pairAnswerSchema.options).toHaveLength(2);
});
