import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../market/duration";
import { checkCitations } from "./check-citations";
import { factLine } from "./fact";
import { llmSettingsSchema } from "./llm-settings";
import { NOTHING_OUTSIDE, outsideFacts, type Outside } from "./outside-facts";
import { INJECTED_NEWS } from "./testing/injected-headlines";
import { toldFacts, TOLD_PAIR } from "./testing/told-market";
import { canonicalPrompt, writePrompt, type Prompt } from "./write-prompt";

const NOW = Date.parse("2026-01-02T00:00:00Z");
const DELIMITER = "d1";

const linesOf = (outside: Partial<Outside>): string[] =>
  outsideFacts({ ...NOTHING_OUTSIDE, ...outside }, NOW).map(factLine);

const item = (title: string, ageHours: number | null = 1, source = "CoinDesk") => ({
  title,
  source,
  publishedAt: ageHours === null ? null : NOW - ageHours * HOUR_MS,
  categories: [],
});

describe("what is told of the world", () => {
  it("is missing where nobody reads it, and none where there is none", () => {
    expect(linesOf({})).toEqual(
      expect.arrayContaining([
        "sentiment.fear-greed | fear and greed index | missing",
        "news | headlines that are quoted here | missing",
        "lessons | lessons of earlier trades | missing",
      ]),
    );
    expect(linesOf({ news: [], lessons: [] })).toEqual(
      expect.arrayContaining(["news | headlines that are quoted here | 0", "lessons | lessons of earlier trades | 0"]),
    );
  });

  it("quotes headlines with their age and source, the newest first, at most ten, and none from later", () => {
    const many = Array.from({ length: 14 }, (_, index) => item(`headline ${index}`, index));
    const lines = linesOf({ news: [...many.toReversed(), item("undated", null), item("tomorrow", -1)] });
    const quoted = lines.filter((line) => line.startsWith("news."));
    expect(quoted).toHaveLength(10);
    expect(quoted[0]).toBe('news.1 | headline, 0.0 h old, by "CoinDesk" | "headline 0"');
    expect(quoted[9]).toContain('"headline 9"');
    expect(lines.join("\n")).not.toContain("tomorrow");
    expect(linesOf({ news: [item("undated", null)] })).toContain(
      'news.1 | headline, of an unknown time, by "CoinDesk" | "undated"',
    );
  });

  it("knows the mood by its name, with its age, and never one from later", () => {
    const sentiment = { index: 15, yesterday: 30, at: NOW - 2 * HOUR_MS };
    expect(linesOf({ sentiment })).toEqual(
      expect.arrayContaining([
        "sentiment.fear-greed | fear and greed index | 15 of 100",
        "sentiment.phase | what that is called | extreme-fear",
        "sentiment.trend | its trend since yesterday | falling",
        "sentiment.age | read so long ago | 2 h",
      ]),
    );
    expect(linesOf({ sentiment: { ...sentiment, at: NOW + 1 } })).toContain(
      "sentiment.fear-greed | fear and greed index | missing",
    );
  });

  it("is no ground where it is a quotation, however it is cited", () => {
    const facts = outsideFacts({ ...NOTHING_OUTSIDE, news: [item("5")], lessons: ["7"] }, NOW);
    const verdicts = checkCitations(
      [
        { path: "news.1", value: 5 },
        { path: "news.1", value: '"5"' },
        { path: "lessons.1", value: "7" },
        { path: "news", value: 1 },
      ],
      facts,
    ).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(["quoted", "quoted", "quoted", "grounded"]);
  });
});

const ask = (outside: Partial<Outside>): Prompt =>
  writePrompt({
    settings: llmSettingsSchema.parse({}),
    pairs: [TOLD_PAIR],
    sections: [
      { title: "World", facts: outsideFacts({ ...NOTHING_OUTSIDE, ...outside }, NOW) },
      { title: TOLD_PAIR, facts: toldFacts() },
    ],
    time: new Date(NOW).toISOString(),
    delimiter: DELIMITER,
  });

/** A line of the prompt by what it is, without what it says. */
const shapeOf = (message: string): string[] =>
  message.split("\n").map((line) => (/^(news|lessons)\.\d+ \| /.test(line) ? (line.split(" | ")[0] ?? "") : line));

const HARMLESS = "Bitcoin rises";
const QUOTED_LINE = /^(news|lessons)\.\d+ \| [^|]+ \| "(?:[^"\\]|\\.)*"$/;

describe("more than a hundred attacks by headline, source and lesson", () => {
  it("are as many, and each of another text", () => {
    expect(INJECTED_NEWS.length).toBeGreaterThan(100);
    expect(new Set(INJECTED_NEWS.map(({ items }) => items.join())).size).toBe(INJECTED_NEWS.length);
  });

  it.each(INJECTED_NEWS)(
    "of $kind change neither frame nor tool nor lines, and stand in quotes: $items",
    ({ items }) => {
      const prompts = [
        [ask({ news: items.map((title) => item(title)) }), ask({ news: items.map(() => item(HARMLESS)) })],
        [ask({ news: items.map((text) => item(HARMLESS, 1, text)) }), ask({ news: items.map(() => item(HARMLESS)) })],
        [ask({ lessons: items }), ask({ lessons: items.map(() => HARMLESS) })],
      ] as const;
      for (const [attacked, calm] of prompts) {
        expect({ ...attacked, message: "" }).toEqual({ ...calm, message: "" });
        expect(shapeOf(attacked.message)).toEqual(shapeOf(calm.message));
        const lines = attacked.message.split("\n");
        const told = lines.filter((line) => /^(news|lessons)\.\d/.test(line));
        expect(told).toHaveLength(items.length);
        for (const line of told) {
          expect(line).toMatch(QUOTED_LINE);
          expect(line).not.toMatch(/[<>`{}[\]\p{Cc}\p{Cf}\u2028\u2029]/u);
        }
        expect(attacked.message.split(`data-${DELIMITER}>`)).toHaveLength(3);
        // Another delimiter leaves the same key, also where an item tries to be one.
        expect(canonicalPrompt(attacked, DELIMITER)).not.toContain(`data-${DELIMITER}>`);
      }
    },
  );
});
