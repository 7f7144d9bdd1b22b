import { HOUR_MS } from "../../market/duration";
import type { NewsItem } from "../analysis/select-narratives";
import { newsAgeMinutes } from "../analysis/news-age";
import { readMarketSentiment } from "../analysis/market-sentiment";
import { toFact, toQuoteFact, toWordFact, type Fact } from "./fact";
import { quoteText } from "./quote-text";

/** A headline with whoever wrote it. */
type ToldNews = NewsItem & { readonly source: string };

/** The fear and greed index, 0..100, and when it was read (ms UTC). */
type ToldSentiment = { readonly index: number; readonly yesterday: number | null; readonly at: number };

/** What others say. null: nobody knows, since nobody reads it; empty: it was read, and there is none. */
export type Outside = {
  readonly news: readonly ToldNews[] | null;
  /** What was learnt of earlier trades, the most telling first. */
  readonly lessons: readonly string[] | null;
  readonly sentiment: ToldSentiment | null;
};

export const NOTHING_OUTSIDE: Outside = { news: null, lessons: null, sentiment: null };

const NEWS_MAX = 10;
const LESSONS_MAX = 5;
const SOURCE_MAX = 40;
const MINUTES_PER_HOUR = 60;

const ageText = (publishedAt: number | null, time: number): string => {
  const minutes = newsAgeMinutes(publishedAt, time);
  return minutes === null ? "of an unknown time" : `${(minutes / MINUTES_PER_HOUR).toFixed(1)} h old`;
};

/** The newest items that are not from later, quoted. */
const newsFacts = (news: Outside["news"], time: number): Fact[] => {
  const known = (news ?? [])
    .filter(({ publishedAt }) => publishedAt === null || publishedAt <= time)
    .toSorted((one, other) => (other.publishedAt ?? -Infinity) - (one.publishedAt ?? -Infinity) || 0)
    .slice(0, NEWS_MAX);
  return [
    toFact("news", "headlines that are quoted here", [news === null ? null : known.length, "count"]),
    ...known.map(({ title, source, publishedAt }, index) => {
      const label = `headline, ${ageText(publishedAt, time)}, by ${quoteText(source, SOURCE_MAX)}`;
      return toQuoteFact(`news.${index + 1}`, label, quoteText(title));
    }),
  ];
};

const lessonFacts = (lessons: Outside["lessons"]): Fact[] => {
  const known = (lessons ?? []).slice(0, LESSONS_MAX);
  return [
    toFact("lessons", "lessons of earlier trades", [lessons === null ? null : known.length, "count"]),
    ...known.map((lesson, index) => toQuoteFact(`lessons.${index + 1}`, "lesson", quoteText(lesson))),
  ];
};

const sentimentFacts = (sentiment: ToldSentiment | null, time: number): Fact[] => {
  const known = sentiment !== null && sentiment.at <= time ? sentiment : null;
  const { phase, trend } = readMarketSentiment({
    fearGreed: known?.index ?? null,
    fearGreedYesterday: known?.yesterday ?? null,
    bitcoinDominance: null,
    marketValueChange24h: null,
    trendingMemeCoins: null,
  });
  return [
    toFact("sentiment.fear-greed", "fear and greed index", [known?.index, "index"]),
    toWordFact("sentiment.phase", "what that is called", phase),
    toWordFact("sentiment.trend", "its trend since yesterday", trend),
    toFact("sentiment.age", "read so long ago", [known && (time - known.at) / HOUR_MS, "hours"]),
  ];
};

/** What is told of the world outside of the markets, at a time in ms. Text of others only ever stands in quotes. */
export const outsideFacts = ({ news, lessons, sentiment }: Outside, time: number): Fact[] => [
  ...sentimentFacts(sentiment, time),
  ...newsFacts(news, time),
  ...lessonFacts(lessons),
];
