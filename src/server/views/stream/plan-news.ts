import { NEWS_MAX, type StoredEvent, type Topic } from "./read-news";

export type News = {
  /** Events that the reader missed were deleted: it starts again at `cursor`. */
  readonly isResync: boolean;
  readonly events: readonly StoredEvent[];
  readonly cursor: bigint;
  /** There may be more to read at once. */
  readonly isMore: boolean;
};

/** What a reader at `cursor` is told of its topic. Numbers are gapless, so a gap means that events were dropped. */
export const planNews = (cursor: bigint | null, { lastNumber, events }: Topic): News => {
  const resync = { isResync: true, events: [], cursor: lastNumber, isMore: false };
  if (cursor === null || cursor > lastNumber) return resync;
  const isWhole = events.every(({ number }, index) => number === cursor + BigInt(index + 1));
  const reached = cursor + BigInt(events.length);
  const isMore = events.length === NEWS_MAX;
  if (!isWhole || (reached < lastNumber && !isMore)) return resync;
  return { isResync: false, events, cursor: reached, isMore };
};
