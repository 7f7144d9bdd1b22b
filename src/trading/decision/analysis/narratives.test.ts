import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyNarrative, type NarrativeInput, type NarrativeReading } from "./classify-narrative";
import { newsAgeMinutes, parseNewsAge } from "./news-age";
import { readNewsSentiment, wordsOf } from "./news-sentiment";
import { selectNarratives, type NewsItem, type NewsQuestion } from "./select-narratives";

describe("the sentiment of a headline", () => {
  it.each([
    ["Bank of Spain holds its rate", "neutral"],
    ["Slow flow of orders against the dollar", "neutral"],
    ["Highway fallout: again the shallow water", "neutral"],
    ["Regulator bans exchange", "negative"],
    ["Bitcoin hits a record high", "positive"],
    ["RALLY: ETF approved!", "positive"],
    ["Gains turn to losses after the hack", "negative"],
    ["A rally, then a crash", "neutral"],
    ["", "neutral"],
  ])("%s is %s: whole words only", (title, sentiment) => {
    expect(readNewsSentiment(title)).toBe(sentiment);
  });

  it("does not change when letters are put before or behind its keywords", () => {
    const keywords = ["ban", "low", "high", "fall", "gain", "rally", "hack", "loss"];
    const letters = fc.string({ unit: fc.constantFrom("x", "q", "z"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...keywords), { minLength: 1 }),
        letters,
        fc.boolean(),
        (words, by, isBefore) => {
          const hidden = words.map((word) => (isBefore ? `${by}${word}` : `${word}${by}`)).join(" ");
          expect(readNewsSentiment(hidden)).toBe("neutral");
        },
      ),
      { numRuns: 200 },
    );
  });

  it("splits at anything but letters, digits and an apostrophe within", () => {
    expect(wordsOf("Don’t panic: sell-off, 3 ETFs (été)")).toEqual([
      "don’t",
      "panic",
      "sell",
      "off",
      "3",
      "etfs",
      "été",
    ]);
  });
});

describe("the age of news", () => {
  it.each([
    ["5m ago", 5],
    ["3h ago", 180],
    [" 2 D AGO ", 2880],
    ["yesterday", null],
    ["5 minutes ago", null],
    ["-5m ago", null],
    ["", null],
  ])("%s is %s minutes, unknown for other texts", (text, minutes) => {
    expect(parseNewsAge(text)).toBe(minutes);
  });

  it("is a difference of UTC instants, unknown for the undated and for what is not out yet", () => {
    const now = Date.UTC(2026, 2, 29, 1, 30);
    expect(newsAgeMinutes(Date.UTC(2026, 2, 29, 0, 0), now)).toBe(90);
    expect([newsAgeMinutes(null, now), newsAgeMinutes(now + 1, now), newsAgeMinutes(Number.NaN, now)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

type Row = [
  NarrativeInput["sentiment"],
  age: number | null,
  change: number | null,
  NarrativeReading["kind"],
  bias: string,
];

describe("what price made of news", () => {
  it.each<Row>([
    ["positive", 361, 0.05, "priced-in", "none"],
    ["neutral", 361, null, "priced-in", "none"],
    ["neutral", 10, 0.05, "neutral", "none"],
    ["neutral", 10, null, "neutral", "none"],
    ["positive", 59, 0.011, "impulse", "bullish"],
    ["positive", 100, 0.006, "impulse", "bullish"],
    ["positive", 120, 0.006, "impulse", "bullish"],
    ["positive", 121, 0.006, "priced-in", "none"],
    ["positive", 10, -0.006, "distribution", "bearish"],
    ["positive", 121, -0.006, "divergence", "bearish"],
    ["positive", 10, 0.005, "absorption", "none"],
    ["negative", 59, -0.011, "impulse", "bearish"],
    ["negative", 121, -0.006, "priced-in", "none"],
    ["negative", 10, 0.006, "absorption", "bullish"],
    ["negative", 121, 0.006, "divergence", "bullish"],
    ["negative", 10, 0, "distribution", "none"],
    ["positive", null, 0.02, "unknown", "none"],
    ["neutral", null, 0.02, "unknown", "none"],
    ["positive", 10, null, "unknown", "none"],
  ])("%s news of %s min with a move of %s is %s, speaking %s", (sentiment, ageMinutes, change, kind, bias) => {
    expect(classifyNarrative({ sentiment, ageMinutes, change })).toMatchObject({ kind, bias });
  });

  it("is told in words that fit: good news is never called bad, and the other way round", () => {
    const input = fc.record({
      sentiment: fc.constantFrom("positive" as const, "negative" as const),
      ageMinutes: fc.double({ min: 0, max: 360, noNaN: true }),
      change: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
    });
    fc.assert(
      fc.property(input, (news) => {
        const { text } = classifyNarrative(news);
        const [fit, misfit] = news.sentiment === "positive" ? ["good", "bad"] : ["bad", "good"];
        expect(text).toContain(fit);
        expect(text).not.toContain(misfit);
        const direction = news.change > 0.005 ? /ris/ : news.change < -0.005 ? /fall/ : /moved nothing/;
        expect(text).toMatch(direction);
      }),
      { numRuns: 500 },
    );
  });

  it("is mirrored for the other sentiment and the other direction", () => {
    const mirror = { bullish: "bearish", bearish: "bullish", none: "none" } as const;
    const kinds: Record<string, string> = { absorption: "distribution", distribution: "absorption" };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (age, change) => {
          const good = classifyNarrative({ sentiment: "positive", ageMinutes: age, change });
          const bad = classifyNarrative({ sentiment: "negative", ageMinutes: age, change: -change });
          expect(bad.bias).toBe(mirror[good.bias]);
          expect(bad.kind).toBe(kinds[good.kind] ?? good.kind);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const NOW = Date.UTC(2026, 0, 1, 12);
const BTC = { code: "BTC", names: ["bitcoin"] };
const NEAR = { code: "NEAR", names: ["near protocol"] };
const item = (title: string, minutes: number | null, categories: string[] = []): NewsItem => ({
  title,
  publishedAt: minutes === null ? null : NOW - minutes * 60_000,
  categories,
});
const ask = (items: readonly NewsItem[], change: Partial<NewsQuestion> = {}) =>
  selectNarratives(items, { asset: BTC, others: [NEAR], now: NOW, changeSince: () => 0.02, ...change });

describe("the narratives of an asset", () => {
  it("name it, or nobody, in the title or the categories", () => {
    const items = [
      item("Bitcoin rallies", 1),
      item("A rally", 2, ["BTC"]),
      item("NEAR gains", 3),
      item("Stocks are near a high", 4),
    ];
    expect(ask(items).map(({ title }) => title)).toEqual(["Bitcoin rallies", "A rally", "Stocks are near a high"]);
    expect(ask(items, { asset: NEAR, others: [BTC] }).map(({ title }) => title)).toEqual([
      "NEAR gains",
      "Stocks are near a high",
    ]);
  });

  it("are the newest three, those without a date last, and none from later", () => {
    const items = [item("undated", null), item("c", 30), item("later", -1), item("a", 10), item("b", 20)];
    expect(ask(items).map(({ title }) => title)).toEqual(["a", "b", "c"]);
    expect(ask(items.slice(0, 3)).map(({ title, ageMinutes }) => [title, ageMinutes])).toEqual([
      ["c", 30],
      ["undated", null],
    ]);
  });

  it("are read against the price since each came out", () => {
    const asked: number[] = [];
    const changeSince = (time: number) => {
      asked.push(time);
      return 0.02;
    };
    const [news] = ask([item("Bitcoin rally", 30)], { changeSince });
    expect(asked).toEqual([NOW - 30 * 60_000]);
    expect(news).toMatchObject({
      sentiment: "positive",
      ageMinutes: 30,
      reading: { kind: "impulse", bias: "bullish" },
    });
    expect(ask([item("Bitcoin rally", null)])[0]?.reading.kind).toBe("unknown");
  });

  it("have titles of at most 80 characters, none cut in two", () => {
    const [long, exact] = ask([item("🚀".repeat(100), 1), item("x".repeat(80), 2)]);
    expect(long?.title).toBe(`${"🚀".repeat(79)}…`);
    expect(exact?.title).toBe("x".repeat(80));
  });
});
