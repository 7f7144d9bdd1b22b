import { describe, expect, it } from "vitest";
import { planNews } from "./plan-news";
import { NEWS_MAX, type StoredEvent } from "./read-news";

const events = (...numbers: number[]): StoredEvent[] =>
  numbers.map((number) => ({ number: BigInt(number), kind: "alert", payload: {} }));

describe("a reader that missed nothing", () => {
  it("gets what follows its cursor, and goes on after it", () => {
    const news = planNews(2n, { lastNumber: 4n, events: events(3, 4) });
    expect(news).toMatchObject({ isResync: false, cursor: 4n, isMore: false });
    expect(news.events).toHaveLength(2);
  });

  it("is told nothing when there is nothing new, also before the first event", () => {
    expect(planNews(4n, { lastNumber: 4n, events: [] })).toMatchObject({ isResync: false, events: [], cursor: 4n });
    expect(planNews(0n, { lastNumber: 0n, events: [] })).toMatchObject({ isResync: false, cursor: 0n });
  });

  it("reads on at once after a full page", () => {
    const page = events(...Array.from({ length: NEWS_MAX }, (_, index) => index + 1));
    expect(planNews(0n, { lastNumber: 1000n, events: page })).toMatchObject({
      isResync: false,
      cursor: BigInt(NEWS_MAX),
      isMore: true,
    });
  });
});

describe("a reader that cannot know what it missed begins anew at the newest number", () => {
  it.each([
    ["without a cursor", null, events()],
    ["at a number that was never given out", 10n, events()],
    ["behind events that are no longer kept", 2n, events(5, 6, 7)],
    ["before a hole in what is kept", 4n, events(5, 7)],
    ["when everything after it was dropped", 4n, events()],
  ])("%s", (_case, cursor, kept) => {
    expect(planNews(cursor, { lastNumber: 7n, events: kept })).toEqual({
      isResync: true,
      events: [],
      cursor: 7n,
      isMore: false,
    });
  });
});
