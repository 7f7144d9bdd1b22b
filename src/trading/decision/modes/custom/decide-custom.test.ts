import { describe, expect, it } from "vitest";
import type { HeldPosition } from "../../basis/decision-mode";
import {
  above,
  below,
  COMMON,
  decideBy,
  exit,
  HOUR_MS,
  longs,
  marketOf,
  MET,
  named,
  setup,
  UNMET,
  type Rules,
} from "./testing/small-rules";

describe("an entry by rules", () => {
  it("opens with the setup's size, leverage, levels and exits, and says what would end it", () => {
    const one = setup("one", MET, { leverage: 2, exits: { timeExitMinutes: 60 } });
    const decision = decideBy({ long: { setups: [one], exits: [exit(above(150))] } });
    expect(decision).toMatchObject({
      action: "open",
      side: "long",
      score: 0.7,
      scores: { long: 0.7, short: 0 },
      sizeFraction: 0.1,
      leverage: 2,
      entryPrice: "100",
      stopLoss: "98",
      takeProfit: "104",
      exits: { timeExitMinutes: 60, trailing: null, invalidation: [] },
      invalidation: ["the out"],
      reason: { code: "entry", text: "long by one: score 0.7 of at least 0" },
    });
  });

  it("measures levels of a short the other way, and from a value where one is named", () => {
    const short = setup("one", MET, { stop: { from: { of: "high", plus: 9 }, fraction: 0.1 }, target: { from: 80 } });
    expect(decideBy({ short: { setups: [short] } })).toMatchObject({
      side: "short",
      stopLoss: "121",
      takeProfit: "80",
    });
  });

  it.each<[string, Rules, string]>([
    ["no rule", {}, "no-setup"],
    ["no setup whose conditions are all met", longs(setup("one", UNMET)), "no-setup"],
    [
      "what is unknown",
      longs(setup("one", above({ indicator: "sma", parameters: { period: 40 }, ago: 39 }))),
      "warming-up",
    ],
    ["too few candles", { ...longs(setup("one", MET)), warmUpCandles: 41 }, "warming-up"],
    ["equal scores", { ...longs(setup("one", MET)), short: { setups: [setup("one", MET)] } }, "tie"],
    ["a score below the least", longs(setup("one", MET, { scoreMin: 0.8 })), "score-below-minimum"],
    ["its own exit rule", { long: { setups: [setup("one", MET)], exits: [exit(MET)] } }, "exit-rule-holds"],
    ["a stop on the wrong side", longs(setup("one", MET, { stop: { from: 101 } })), "no-level"],
    ["a target on the wrong side", longs(setup("one", MET, { target: { from: 99 } })), "no-level"],
    ["a stop of something unknown", longs(setup("one", MET, { stop: { from: { ratio: [1, 0] } } })), "no-level"],
  ])("does not open by %s", (_, rules, code) => {
    const decision = decideBy(rules);
    expect(decision).toMatchObject({ action: "hold", side: null, sizeFraction: null, reason: { code } });
  });

  it("opens against an exit rule that is not to block it, or that only asks for a turn it had before", () => {
    const rules = (changes: object) => ({ long: { setups: [setup("one", MET)], exits: [exit(MET, changes)] } });
    expect(decideBy(rules({ blocksEntry: false })).action).toBe("open");
    expect(decideBy(rules({ turnedFrom: UNMET })).reason.code).toBe("exit-rule-holds");
  });

  it("takes the setup with the highest score, of a side that scores higher", () => {
    const decision = decideBy({
      long: { setups: [setup("low", MET), setup("high", MET, { score: 0.8 }), setup("none", UNMET, { score: 1 })] },
      short: { setups: [setup("low", MET, { score: 0.75 })] },
    });
    expect(decision).toMatchObject({
      side: "long",
      score: 0.8,
      reason: { text: "long by high: score 0.8 of at least 0" },
    });
    const added = decision.evidence.filter(({ contribution }) => contribution > 0);
    expect(added.map(({ side, category, contribution }) => [side, category, contribution])).toEqual([
      ["long", "high", 0.8],
      ["short", "low", 0.75],
    ]);
  });

  it.each<[string, unknown, number]>([
    [
      "the first tier that holds",
      {
        tiers: [
          { when: UNMET, score: 0.9 },
          { when: MET, score: 0.8 },
        ],
      },
      0.8,
    ],
    ["otherwise where none does", { tiers: [{ when: UNMET, score: 0.9 }], otherwise: 0.3 }, 0.3],
    ["a value, rounded", { value: { ratio: [1, 3] } }, 0.3333],
    ["a value above 1 as 1", { value: "close" }, 1],
  ])("scores by %s", (_, score, expected) => {
    expect(decideBy(longs(setup("one", MET, { score }))).score).toBe(expected);
  });

  it("has the size of the highest tier that its score reaches", () => {
    const sizes = [{ scoreMin: 0.7, sizeFraction: 0.3 }, { sizeFraction: 0.2 }];
    const sizeAt = (score: number) => decideBy(longs(setup("one", MET, { sizes, score }))).sizeFraction;
    expect([0.69, 0.7].map(sizeAt)).toEqual([0.2, 0.3]);
  });
});

describe("a weighted score", () => {
  const category = (code: string, weight: number, ...whens: unknown[]) => ({
    code,
    name: code,
    weight,
    any: whens.map((when, index) => named(`${code}-${index}`, when)),
  });
  const weighted = (changes: object) => ({ kind: "weighted", code: "all", name: "All", ...COMMON, ...changes });
  const scoreOf = (changes: object) => decideBy(longs(weighted(changes))).scores?.long;
  const adjust = (when: unknown, by: string, amount: number, code = "adj") => ({ ...named(code, when), by, amount });

  it("counts a category once, then what is added, then what multiplies, and is kept between 0 and 1", () => {
    const categories = [category("a", 0.4, MET, MET), category("b", 0.3, UNMET, MET), category("c", 0.2, UNMET)];
    expect(scoreOf({ categories })).toBe(0.7);
    const opposed = adjust(MET, "multiply", 0.5, "half");
    expect(scoreOf({ categories, adjustments: [opposed, adjust(MET, "add", 0.1)] })).toBe(0.4);
    expect(scoreOf({ categories, adjustments: [adjust(UNMET, "add", 0.1)] })).toBe(0.7);
    expect(scoreOf({ categories, adjustments: [adjust(MET, "add", 1)] })).toBe(1);
    expect(scoreOf({ categories, adjustments: [adjust(MET, "add", -1)] })).toBe(0);
  });

  it("enters only with its trigger, and without one by its score alone", () => {
    const categories = [category("a", 0.6, MET), category("b", 0.3, UNMET)];
    expect(decideBy(longs(weighted({ categories, trigger: "b" }))).reason.code).toBe("no-trigger");
    expect(decideBy(longs(weighted({ categories, trigger: "a" }))).action).toBe("open");
    expect(decideBy(longs(weighted({ categories }))).action).toBe("open");
  });
});

describe("an exit by rules", () => {
  const heldSince = (hoursAgo: number, changes: Partial<HeldPosition> = {}): HeldPosition => ({
    side: "long",
    entryPrice: "98",
    partsTaken: [],
    openedAt: (marketOf().at(-1)?.openTime ?? 0) + HOUR_MS - hoursAgo * HOUR_MS,
    ...changes,
  });
  const exits = (...all: object[]) => ({ long: { exits: all } });

  it("closes the whole position where it holds, also before entries are warm", () => {
    const decision = decideBy({ ...exits(exit(MET)), warmUpCandles: 300 }, heldSince(3));
    expect(decision).toMatchObject({ action: "close", side: "long", reason: { code: "exit-out" } });
    expect(decision.closeFraction).toBeUndefined();
    expect(decideBy({ ...exits(exit(UNMET)), warmUpCandles: 300 }, heldSince(3)).reason.code).toBe("warming-up");
    expect(decideBy(exits(exit(UNMET)), heldSince(3)).reason.code).toBe("position-open");
    expect(decideBy({ short: { exits: [exit(MET)] } }, heldSince(3)).reason.code).toBe("position-open");
  });

  it.each([
    ["98.1", 0.02, "hold"],
    ["98", 0.02, "close"],
    ["100", 0, "close"],
  ])("asks for the gain that it needs: bought at %s, at least %d: %s", (entryPrice, gainMin, action) => {
    const decision = decideBy(exits(exit(MET, { gainMin })), heldSince(3, { entryPrice }));
    expect(decision.action).toBe(action);
    expect(decision.evidence.map(({ condition }) => condition)).toEqual(["out", "out-gain"]);
  });

  it("closes a part once, and then lets a later exit close the rest", () => {
    const part = exit(MET, { closeFraction: 0.5, rest: { breakEven: { fromFraction: 0.01 } } });
    const first = decideBy(exits(part), heldSince(3));
    expect(first).toMatchObject({ action: "close", closeFraction: 0.5, exits: { breakEven: { fromFraction: 0.01 } } });
    const taken = heldSince(3, { partsTaken: [first.reason.code] });
    expect(decideBy(exits(part), taken).action).toBe("hold");
    expect(decideBy(exits(part, { ...exit(MET), code: "all" }), taken).reason.code).toBe("exit-all");
  });

  it.each([
    ["the close after the entry", [101, 101, 99], 3, "close"],
    ["the candle of the entry itself", [101, 99], 0, "hold"],
    ["before the entry", [101, 101, 101, 101, 99], 3, "hold"],
    ["never", [101, 101], 3, "hold"],
    ["since the entry, but not now", [99, 101, 99], 3, "hold"],
  ] as const)("counts a turn since the entry: %s", (_, before, hoursAgo, action) => {
    const turn = exit(above(100.5), { turnedFrom: below(100) });
    // Here the last close is given too.
    const candles = marketOf(...before.slice(1)).map((candle, index, all) =>
      index === all.length - 1 ? { ...candle, close: before[0] } : candle,
    );
    expect(decideBy(exits(turn), heldSince(hoursAgo), candles).action).toBe(action);
  });
});

it.each([
  ["a target larger than a price can be", { target: { from: 1e15 } }],
  ["a stop that rounds to nothing", { stop: { from: 1e-300 } }],
])("opens nothing with %s", (_, changes) => {
  const decision = decideBy(longs(setup("one", MET, changes)));
  expect(decision).toMatchObject({ action: "hold", reason: { code: "no-level" } });
});
