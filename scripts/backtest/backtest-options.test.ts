import { describe, expect, it } from "vitest";
import type { CandleLibrary } from "../../simulators/candles/candle-library";
import { UsageError } from "../replay/replay-options";
import { planBacktest } from "../replay/replay-plan";
import { createSyntheticLibrary } from "../testing/synthetic-library";
import { parseBacktestOptions } from "./backtest-options";
import { findCandleGaps } from "./find-candle-gaps";

const LIBRARY = createSyntheticLibrary(3);
const GIVEN = { candles: ".", from: "2024-01-02T00:00:00Z", to: "2024-01-03T00:00:00Z" };

const wordsOf = (given: Readonly<Record<string, string>>): string[] =>
  Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);

const plan = (given: Readonly<Record<string, string>>, library: CandleLibrary = LIBRARY) => {
  const options = parseBacktestOptions(wordsOf({ ...GIVEN, ...given }));
  if (options === null) throw new Error("help was not asked for");
  return { options, plan: planBacktest(options, library) };
};

describe("the command line of a backtest", () => {
  it("runs every pair of the folder with 10000 at the default mode, or what it names", () => {
    expect(plan({})).toMatchObject({
      options: { capital: "10000", isJson: false, out: null },
      plan: { settings: { mode: "trinity", pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"], intervalSeconds: 300 } },
    });
    expect(plan({ mode: "buy-and-hold", pairs: "ETH/USDT", capital: "250.5", interval: "1h" })).toMatchObject({
      options: { capital: "250.5" },
      plan: { settings: { mode: "buy-and-hold", pairs: ["ETH/USDT"], intervalSeconds: 3600 } },
    });
    expect(plan({}).options.isTimed).toBe(false);
    expect(parseBacktestOptions([...wordsOf(GIVEN), "--time"])).toMatchObject({ isTimed: true });
    expect(parseBacktestOptions(["--help"])).toBeNull();
  });

  it.each([
    [
      "an unknown mode",
      { mode: "astrology" },
      /there is no such mode: choose trinity or indicator or custom or llm or buy-and-hold/,
    ],
    ["a pair that the folder lacks", { pairs: "XRP/USDT" }, /no swap candles of XRP\/USDT: it has BTC\/USDT, ETH/],
    ["an end before the start", { to: "2024-01-01T00:00:00Z" }, /--to must be after --from/],
    ["no instant", { from: "yesterday" }, /--from needs an instant such as 2022-05-01T00:00:00Z, was yesterday/],
    [
      "a span without candles",
      { from: "2020-01-01", to: "2020-02-01" },
      /the candles cover 2024-01-01T00:00:00.000Z to/,
    ],
    ["a capital that is none", { capital: "0" }, /capital is a positive amount with at most 8 decimals/],
    ["an interval finer than the candles", { interval: "60" }, /must be a multiple of 300 s/],
    ["an option of the replay alone", { guard: "1h" }, /Unknown option '--guard'/],
    ["a settings file that is not there", { settings: "/nowhere.json" }, /cannot be read as a JSON object/],
  ])("that has %s is refused with what to do", (_of, given: Readonly<Record<string, string>>, message) => {
    expect(() => plan(given)).toThrow(UsageError);
    expect(() => plan(given)).toThrow(message);
  });

  it("says which pairs are not traded because they are listed later", () => {
    const [first, second] = LIBRARY.markets;
    if (!first || !second) throw new Error("there are three markets");
    const late = { ...second, candles: second.candles.slice(400), from: second.candles[400]?.openTime ?? 0 };
    const { warnings } = plan({}, { markets: [first, late], warnings: [] }).plan;
    expect(warnings).toEqual([
      "ETH/USDT is not traded: it is not listed yet, its candles begin at 2024-01-02T09:20:00.000Z",
    ]);
  });
});

describe("gaps in a recording", () => {
  const [market] = LIBRARY.markets;
  if (!market) throw new Error("there is a market");
  const span = { from: Date.parse(GIVEN.from), to: Date.parse(GIVEN.to) };
  const without = (...dropped: number[]) => ({
    ...market,
    candles: market.candles.filter((_, index) => !dropped.includes(index)),
  });

  it("are listed with where they begin and how many candles they lack, as far as the span sees them", () => {
    expect(findCandleGaps(market, span)).toBeNull();
    expect(findCandleGaps(without(10, 600), span)).toBeNull();
    expect(findCandleGaps(without(300, 301, 310), span)).toBe(
      "BTC/USDT lacks 3 5m candles, from 2024-01-02T01:00:00.000Z (2), 2024-01-02T01:50:00.000Z (1): they stay gaps",
    );
    expect(findCandleGaps(without(300, 302, 304, 306, 308), span)).toMatch(/lacks 5 .* and 2 more gaps: they stay/);
  });
});
