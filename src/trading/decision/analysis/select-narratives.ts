import { classifyNarrative, type NarrativeReading } from "./classify-narrative";
import { newsAgeMinutes } from "./news-age";
import { readNewsSentiment, wordsOf, type NewsSentiment } from "./news-sentiment";

/** `publishedAt` in ms UTC, null where the source does not say; `categories` are the source's own tags. */
export type NewsItem = {
  readonly title: string;
  readonly publishedAt: number | null;
  readonly categories: readonly string[];
};

/** A base currency by its code and the names that headlines give it, such as BTC with "bitcoin". */
type NewsAsset = { readonly code: string; readonly names: readonly string[] };

export type Narrative = {
  readonly title: string;
  readonly ageMinutes: number | null;
  readonly sentiment: NewsSentiment;
  readonly reading: NarrativeReading;
};

/** What one asset's news is read against. `changeSince` answers the price's change since a time, null where unknown. */
export type NewsQuestion = {
  readonly asset: NewsAsset;
  readonly others: readonly NewsAsset[];
  readonly now: number;
  readonly changeSince: (time: number) => number | null;
};

const NARRATIVES_MAX = 3;
const TITLE_MAX = 80;

/** The newest news of an asset, or of the whole market, at most 3, with what price made of each. None is from later. */
export const selectNarratives = (items: readonly NewsItem[], question: NewsQuestion): Narrative[] =>
  items
    .filter(({ publishedAt }) => publishedAt === null || publishedAt <= question.now)
    .filter((item) => concerns(item, question))
    .map((item) => ({ item, ageMinutes: newsAgeMinutes(item.publishedAt, question.now) }))
    .toSorted((left, right) => (left.ageMinutes ?? Infinity) - (right.ageMinutes ?? Infinity) || 0)
    .slice(0, NARRATIVES_MAX)
    .map(({ item, ageMinutes }) => readNarrative(item, ageMinutes, question));

const readNarrative = (item: NewsItem, ageMinutes: number | null, question: NewsQuestion): Narrative => {
  const sentiment = readNewsSentiment(item.title);
  const change = item.publishedAt === null ? null : question.changeSince(item.publishedAt);
  const reading = classifyNarrative({ sentiment, ageMinutes, change });
  return { title: cutTitle(item.title), ageMinutes, sentiment, reading };
};

/** News concerns the assets that it names; news that names none concerns the whole market. */
const concerns = (item: NewsItem, { asset, others }: NewsQuestion): boolean =>
  names(item, asset) || !others.some((other) => names(item, other));

/** A code counts in capitals only ("NEAR" is no "near"), a name in any letters but all of its words together. */
const names = ({ title, categories }: NewsItem, { code, names: known }: NewsAsset): boolean => {
  const texts = [title, ...categories];
  if (texts.some((text) => text.split(/[^\p{L}\p{N}]+/u).includes(code))) return true;
  return known.some((name) => texts.some((text) => inWords(text).includes(inWords(name))));
};

/** The words of a text between single spaces, so that only whole words are found in it. */
const inWords = (text: string): string => ` ${wordsOf(text).join(" ")} `;

/** Cut by characters, never through the middle of one. */
const cutTitle = (title: string): string => {
  const characters = Array.from(title);
  return characters.length <= TITLE_MAX ? title : `${characters.slice(0, TITLE_MAX - 1).join("")}…`;
};
