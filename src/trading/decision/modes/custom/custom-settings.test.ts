import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { customSettingsSchema } from "./custom-settings";
import { describeCustom } from "./describe-custom";
import { indicatorAsRules } from "./testing/indicator-as-rules";

const above = (right: unknown) => ({ left: "close", is: ">", right });
const named = (code: string, when: unknown = above(1)) => ({ code, name: `the ${code}`, when });
const COMMON = { sizes: [{ sizeFraction: 0.1 }], stop: { fraction: 0.02 }, target: { fraction: 0.04 } };
const setup = (changes: object = {}) => ({
  kind: "conditions",
  code: "one",
  name: "One",
  ...COMMON,
  all: [named("first")],
  score: 0.7,
  ...changes,
});
const rules = (changes: object = {}, others: object = {}) => ({ long: { setups: [setup(changes)] }, ...others });
const when = (condition: unknown) => rules({ all: [named("first", condition)] });
const sma = (period: number) => ({ indicator: "sma", parameters: { period } });
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => named(`c${from + index}`));
const nested = (levels: number): unknown => (levels === 1 ? above(1) : { not: nested(levels - 1) });
const weighted = (changes: object = {}) => ({
  ...COMMON,
  kind: "weighted",
  code: "two",
  name: "Two",
  categories: [{ code: "trend", name: "Trend", weight: 0.5, any: [named("up")] }],
  ...changes,
});

const issuesOf = (written: unknown): string[] =>
  (customSettingsSchema.safeParse(written).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

describe("rules that are not allowed are refused with where and why", () => {
  const FIRST = "long.setups.0.all.0.when";
  it.each<[string, unknown, string]>([
    [
      "an indicator that is not there",
      when(above({ indicator: "smaa" })),
      `${FIRST}.right.indicator: there is no indicator "smaa": choose one of price, `,
    ],
    [
      "a parameter outside its range",
      when(above(sma(401))),
      `${FIRST}.right.parameters: Simple moving average: the period must be a whole number from 1 to 400, was 401`,
    ],
    [
      "a parameter that is not there",
      when(above({ indicator: "sma", parameters: { length: 3 } })),
      `${FIRST}.right.parameters: Simple moving average: there is no parameter "length"`,
    ],
    [
      "an output that is not chosen",
      when(above({ indicator: "macd" })),
      `${FIRST}.right.output: MACD needs an output: line, signal, histogram`,
    ],
    ["a number as yes or no", when({ yes: sma(9) }), `${FIRST}.yes.output: this output is a number`],
    ["a number beyond every market", when(above(1e308)), `${FIRST}.right: a number stands between -1e15 and 1e15`],
    ["a field that is none", when(above("price")), `${FIRST}.right: a field is open, high, low, close or volume`],
    [
      "an unknown condition",
      when({ left: "close" }),
      `${FIRST}: a condition needs exactly one of is, crosses, yes, no, all`,
    ],
    ["two conditions in one", when({ ...above(1), not: above(2) }), `${FIRST}: a condition needs exactly one of`],
    ["an operator that is none", when({ ...above(1), is: "=" }), `${FIRST}.is: Invalid option`],
    ["a key too many", when({ ...above(1), ago: 2 }), `${FIRST}: Unrecognized key`],
    [
      "more asked for than there are",
      when({ atLeast: 2, of: [above(1)] }),
      `${FIRST}.atLeast: it must not ask for more`,
    ],
    ["too deep a condition", when(nested(7)), "long: rules have at most 6 levels, was 7: nest them less"],
    ["what is far too deep to read", when(nested(60)), ": rules have at most 5000 values in 40 levels"],
    [
      "too many comparisons",
      {
        long: {
          setups: [0, 1, 2, 3].map((at) => setup({ code: `s${at}`, all: many(at === 3 ? 10 : 10, 10 * at) })),
          exits: [named("out")],
        },
      },
      "long: a side compares at most 40 times, was 41: drop some",
    ],
    [
      "too many indicators",
      rules({
        all: [0, 1, 2].map((at) =>
          named(`c${at}`, {
            any: Array.from({ length: 9 }, (_, index) => ({ left: sma(10 * at + index + 1), is: ">", right: 1 })),
          }),
        ),
      }),
      ": rules read at most 24 indicators, was 27",
    ],
    [
      "too long a window",
      when(above({ indicator: "ema", parameters: { period: 300 } })),
      ": rules read at most 500 candles, these need 600: use shorter periods",
    ],
    [
      "a second timeframe that is not set",
      when(above({ ...sma(9), timeframe: "second" })),
      ": an indicator of the second timeframe is read: set secondTimeframe",
    ],
    [
      "a second timeframe that is not slower",
      rules({}, { secondTimeframe: "1h" }),
      "secondTimeframe: the second timeframe must be slower than 1h, was 1h",
    ],
    ["a code twice", rules({ all: [named("a"), named("a")] }), 'long: the code "one/a" may stand once on a side'],
    ["a code of the mode's own", rules({ code: "exit" }), 'long: the code "exit" is the mode\'s own: choose another'],
    [
      "two names for a code",
      { ...rules(), short: { setups: [setup({ all: [{ ...named("first"), name: "else" }] })] } },
      ': the code "first" has two names, "the first" and "else"',
    ],
    [
      "a trigger that is no category",
      { long: { setups: [weighted({ trigger: "entry" })] } },
      'long: the trigger of "two" must be the code of one of its categories',
    ],
    [
      "no size for the lowest score",
      rules({ sizes: [{ scoreMin: 0.5, sizeFraction: 0.1 }] }),
      "long.setups.0.sizes: the last size must begin at the lowest score that enters",
    ],
    [
      "sizes in disorder",
      rules({ scoreMin: 0.5, sizes: [{ sizeFraction: 0.1 }, { scoreMin: 0.5, sizeFraction: 0.1 }] }),
      "long.setups.0.sizes: sizes must stand from the highest score down",
    ],
    [
      "no distance of the stop",
      rules({ stop: {} }),
      "long.setups.0.stop.fraction: a level measured from the close needs a fraction above 0",
    ],
    [
      "a rest of nothing",
      { long: { exits: [{ ...named("out"), rest: {} }] } },
      "long.exits.0.rest: an exit that closes all leaves no rest",
    ],
    [
      "a tier that is none",
      rules({ score: { tiers: [{ when: above(1), score: 2 }] } }),
      "long.setups.0.score.tiers.0.score: Too big",
    ],
  ])("%s", (_, written, issue) => {
    expect(issuesOf(written)).toEqual([expect.stringContaining(issue)]);
  });

  it("more evidence than the database takes", () => {
    const long = Array.from({ length: 4 }, (_, at) =>
      setup({
        code: `a-rather-long-code-here-${at}`.slice(0, 24).replace(/-$/, "0"),
        all: Array.from({ length: 10 }, (__, index) => named(`a-long-code-for-it-${at}${index}`, above(sma(9)))),
      }),
    ).map((one, at) => ({ ...one, code: `setup-with-long-code-${at}` }));
    const issues = issuesOf({ long: { setups: long }, short: { setups: long } });
    expect(issues).toEqual([expect.stringMatching(/^: what is shown of a decision may take 7200 characters/)]);
  });

  it("accepts what is just within the limits", () => {
    expect(issuesOf(when(nested(6)))).toEqual([]);
    expect(issuesOf(when(above({ indicator: "ema", parameters: { period: 250 } })))).toEqual([]);
    expect(
      issuesOf({ long: { setups: [0, 1, 2, 3].map((at) => setup({ code: `s${at}`, all: many(10, 10 * at) })) } }),
    ).toEqual([]);
  });
});

it("accepts the rules that README.md gives as an example", () => {
  const [, json = ""] =
    /^```json\n(\{\n {2}"mode": "custom"[\s\S]*?)^```/m.exec(readFileSync("README.md", "utf8")) ?? [];
  const { decision } = JSON.parse(json) as { decision: unknown };
  expect(issuesOf(decision)).toEqual([]);
});

describe("rules in words", () => {
  it("say that nothing is opened where there are none", () => {
    expect(describeCustom(customSettingsSchema.parse({})).map(({ text }) => text)).toEqual([
      "Decides on closed 1h candles",
      "Has no setup: it opens none",
      "Has no setup: it opens none",
    ]);
  });

  it("say each condition, score, level, size and exit", () => {
    const lines = describeCustom(customSettingsSchema.parse(indicatorAsRules()));
    expect(lines.filter(({ label }) => label.startsWith("Long"))).toMatchInlineSnapshot(`
      [
        {
          "label": "Long: Pullback",
          "text": "Enters where all hold: close-ema50 (close is above EMA(50)); ema9-ema21 (EMA(9) is above EMA(21)); rsi-pullback (40 is above RSI(14)); volume-mean (volume is at least 0.8 × average volume(20))",
        },
        {
          "label": "Long: Pullback, score",
          "text": "Scores 0.9 where RSI(14) is at most 20, 0.8 where RSI(14) is at most 30, else 0.7; enters from 0.65",
        },
        {
          "label": "Long: Pullback, position",
          "text": "Stop 2.5 % from the close, target 5 % from the close; 10 % of equity as margin, no leverage. Closes what is open 1 d after its entry",
        },
        {
          "label": "Long: Breakout",
          "text": "Enters where all hold: close-level (close is above previous highest high(20)); level-fresh (not (close a candle before is above previous highest high(20) a candle before)); level-depth (close is above (previous highest high(20) plus 0.5 × ATR(14))); rsi-breakout (RSI(14) is above 60); volume-mean (volume is at least 0.8 × average volume(20))",
        },
        {
          "label": "Long: Breakout, score",
          "text": "Scores the least of (0.8 and 10 × ((close less previous highest high(20)) / previous highest high(20)) plus 0.6), between 0 and 1; enters from 0.65",
        },
        {
          "label": "Long: Breakout, position",
          "text": "Stop 1.5 % beyond previous highest high(20), target 5 % from the close; 10 % of equity as margin, no leverage. Closes what is open 1 d after its entry",
        },
        {
          "label": "Long exit: stretched",
          "text": "Closes 50 % of it once where RSI(14) is above 80, with 2 % gained; of the rest: Trails the stop 2 % behind the best price, from the entry on",
        },
      ]
    `);
  });
});
