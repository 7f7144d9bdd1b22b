import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../market/duration";
import type { NewsEvent } from "../../ports";
import type { MarketConditions } from "../basis/risk-context";
import { buildConditions, buildContext, buildDecision, buildEntry, SLOT } from "../testing/risk-context-builder";
import { describeFailedCheck } from "../describe-failed-check";
import { newsRule } from "./news";
import { regimeRule } from "./regime";
import { tradingHoursRule } from "./trading-hours";
import { volatilityRule } from "./volatility";

const { limits: standard } = buildContext();

type Moves = [what: string, conditions: Partial<MarketConditions>, limits: object, outcome: string];

describe("volatility", () => {
  it.each<Moves>([
    ["at the floor passes", { rangeFraction: 0.002 }, { volatilityMin: 0.002 }, "pass"],
    ["below the floor fails", { rangeFraction: 0.00199 }, { volatilityMin: 0.002 }, "fail"],
    ["at the ceiling passes", { rangeFraction: 0.05 }, { volatilityMax: 0.05 }, "pass"],
    ["above the ceiling fails", { rangeFraction: 0.0501 }, { volatilityMax: 0.05 }, "fail"],
    ["without a ceiling passes", { rangeFraction: 0.9 }, { volatilityMin: 0.002 }, "pass"],
    ["that is not known is unknown, not 0", { rangeFraction: null }, { volatilityMin: 0.002 }, "unknown"],
  ])("%s", (_case, conditions, limits, outcome) => {
    const context = buildContext({ limits: { ...standard, ...limits }, conditions: buildConditions(conditions) });
    expect(volatilityRule.check(context).outcome).toBe(outcome);
  });
});

describe("the market regime", () => {
  it.each<[side: "long" | "short", trend: number | null, outcome: string]>([
    ["long", 0.001, "pass"],
    ["long", -0.001, "fail"],
    ["long", 0, "fail"],
    ["short", -0.001, "pass"],
    ["short", 0.001, "fail"],
    ["short", 0, "fail"],
    ["long", null, "unknown"],
  ])("lets a %s at %s of its average: %s", (side, trendFraction, outcome) => {
    const conditions = buildConditions({ trendFraction });
    expect(regimeRule.check(buildContext({ entry: buildEntry({ side }), conditions })).outcome).toBe(outcome);
  });
});

/** 2024-01-01, a Monday. */
const MONDAY = SLOT - 12 * HOUR_MS;
const at = (day: number, hour: number): number => MONDAY + day * DAY_MS + hour * HOUR_MS;
const hours = (tradingDayFirst: number, tradingDayLast: number, tradingHourFrom: number, tradingHourTo: number) => ({
  ...standard,
  tradingDayFirst,
  tradingDayLast,
  tradingHourFrom,
  tradingHourTo,
});

describe("trading hours", () => {
  const WORK = hours(1, 5, 8, 22);
  const NIGHT = hours(1, 5, 22, 6);
  const WEEKEND = hours(6, 1, 0, 24);
  it.each<[what: string, limits: typeof standard, time: number, isOpen: boolean]>([
    ["begin with their first instant", WORK, at(0, 8), true],
    ["and not before", WORK, at(0, 8) - 1, false],
    ["end before their last hour", WORK, at(4, 22), false],
    ["last until then", WORK, at(4, 22) - 1, true],
    ["are not on other days", WORK, at(5, 12), false],
    ["run across midnight", NIGHT, at(1, 2), true],
    ["and end there in the morning", NIGHT, at(1, 6), false],
    ["belong to the day on which they began: Friday's last into Saturday", NIGHT, at(5, 2), true],
    ["and Sunday's do not reach into Monday", NIGHT, at(0, 2), false],
    ["nor do Saturday's begin", NIGHT, at(5, 23), false],
    ["may run across the week's end: Saturday to Monday", WEEKEND, at(6, 3), true],
    ["with Monday", WEEKEND, at(7, 23), true],
    ["without Tuesday", WEEKEND, at(8, 0), false],
    ["that begin when they end are a whole day", hours(1, 1, 8, 8), at(1, 7), true],
    ["of one day", hours(3, 3, 0, 24), at(2, 12), true],
  ])("%s", (_case, limits, time, isOpen) => {
    expect(tradingHoursRule.check(buildContext({ limits, time })).outcome).toBe(isOpen ? "pass" : "fail");
  });

  it.each([
    [WORK, "Monday to Friday, 08:00 UTC to 22:00 UTC"],
    [NIGHT, "Monday to Friday, 22:00 UTC to 06:00 UTC of the next day"],
    [hours(3, 3, 0, 24), "Wednesday, 00:00 UTC to 24:00 UTC"],
    [hours(4, 3, 9, 17), "every day, 09:00 UTC to 17:00 UTC"],
  ])("are said in words", (limits, text) => {
    const finding = tradingHoursRule.check(buildContext({ limits, time: at(5, 13) + 5 * MINUTE_MS }));
    expect(finding).toMatchObject({ measured: "Saturday, 13:05 UTC", limit: text });
  });

  it("are open on each of their days for as long as they say, whichever they are", () => {
    const day = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(
        day,
        day,
        fc.integer({ max: 23, min: 0 }),
        fc.integer({ max: 24, min: 0 }),
        (first, last, from, to) => {
          const limits = hours(first, last, from, to);
          const open = Array.from({ length: 7 * 24 }, (_, hour) =>
            tradingHoursRule.check(buildContext({ limits, time: at(0, hour) })),
          ).filter(({ outcome }) => outcome === "pass");
          const [days, length] = [((last - first + 7) % 7) + 1, to > from ? to - from : to - from + 24];
          expect(open).toHaveLength(days * length);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("what the market regime asks for", () => {
  it.each([
    ["long", -0.02, "the last close is 2 % below its average of 200 candles, and this side is entered above it"],
    ["short", 0.02, "the last close is 2 % above its average of 200 candles, and this side is entered below it"],
  ] as const)("is said for a %s", (side, trendFraction, text) => {
    const conditions = buildConditions({ trendFraction });
    const check = regimeRule.check(buildContext({ entry: buildEntry({ side }), conditions }));
    const limit = side === "long" ? "above" : "below";
    expect(check.limit).toBe(`${limit} 0`);
    expect(describeFailedCheck({ rule: "regime", unit: "fraction", ...check })).toBe(text);
    expect(regimeRule.words.texts?.({ rule: "regime", unit: "fraction", ...check }).limit).toBe(
      `${limit} its average of 200 candles`,
    );
  });
});

describe("news", () => {
  const event = (overrides: Partial<NewsEvent> = {}): NewsEvent => ({
    title: "Fed rate decision",
    from: SLOT - HOUR_MS,
    through: SLOT - 30 * MINUTE_MS,
    currencies: [],
    ...overrides,
  });
  const check = (events: readonly NewsEvent[], newsBlackoutMinutes = 45, pair = "BTC/USDT") =>
    newsRule.check(
      buildContext({
        limits: { ...standard, newsBlackoutMinutes },
        news: { state: "known", events },
        entry: buildEntry({ decision: buildDecision({ pair }) }),
      }),
    );
  const ends = (minutesAgo: number) => event({ through: SLOT - minutesAgo * MINUTE_MS });
  const begins = (inMinutes: number) =>
    event({ from: SLOT + inMinutes * MINUTE_MS, through: SLOT + (inMinutes + 10) * MINUTE_MS });

  it.each<[what: string, events: NewsEvent[], outcome: string, measured: string]>([
    ["of none pass", [], "pass", "0"],
    ["that are over a while pass", [ends(46)], "pass", "0"],
    ["that were just now refuse for what is left", [ends(30)], "fail", "15"],
    ["refuse to the last instant", [ends(45)], "fail", "0"],
    ["that come soon refuse until they are over as long", [begins(45)], "fail", "100"],
    ["that come later pass", [begins(45.01)], "pass", "0"],
    ["refuse for the longest of two", [ends(30), ends(10)], "fail", "35"],
    ["of its base coin refuse", [event({ currencies: ["BTC"] })], "fail", "15"],
    ["of its quote coin refuse", [event({ currencies: ["ETH", "USDT"] })], "fail", "15"],
    ["of other coins pass", [event({ currencies: ["ETH"] })], "pass", "0"],
  ])("%s", (_case, events, outcome, measured) => {
    expect(check(events)).toMatchObject({ outcome, measured });
  });

  it("that end together are told by the one that began first", () => {
    const [early, late] = [event({ title: "early", from: SLOT - DAY_MS }), event({ title: "late" })];
    expect([check([early, late]).limit, check([late, early]).limit]).toEqual(["0 (early)", "0 (early)"]);
  });

  it("of none are said to be none", () => {
    expect(newsRule.words.texts?.({ rule: "news", unit: "minutes", ...check([]) }).measured).toBe("no news");
  });

  it("name the event that refuses", () => {
    expect(check([ends(30)]).limit).toBe("0 (Fed rate decision)");
    const said = newsRule.words.texts?.({ rule: "news", unit: "minutes", measured: "0", limit: "0 (x)" });
    expect(said?.measured).toBe("1 s left");
  });

  it.each([
    ["none", "no calendar is set up"],
    ["unreadable", "its calendar cannot be read"],
  ] as const)("of a calendar that is %s are unknown, and that is said", (state, text) => {
    const finding = newsRule.check(buildContext({ limits: { ...standard, newsBlackoutMinutes: 5 }, news: { state } }));
    expect(finding).toEqual({ outcome: "unknown", measured: null, limit: text });
    expect(newsRule.words.texts?.({ rule: "news", unit: "minutes", ...finding }).measured).toBe(text);
  });
});
