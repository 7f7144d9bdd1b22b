import superjson from "superjson";
import { describe, expect, it } from "vitest";
import { isStorable, transformer } from "./decode-input";

const decode = (payload: unknown): unknown => transformer.input.deserialize(payload);
const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));

describe("an input", () => {
  it("as our pages send it arrives as it was", () => {
    const shared = { fast: 12 };
    const sent = { at: new Date(0), cursor: undefined, list: [1, { none: null }], one: shared, other: shared, low: -0 };
    expect(decode(JSON.parse(superjson.stringify(sent)))).toEqual(sent);
    expect(decode(JSON.parse(superjson.stringify(undefined)))).toBeUndefined();
  });

  it.each([
    ["a map", { json: { a: [[0, 0]] }, meta: { values: { a: ["map"] } } }],
    ["a set", { json: { a: [1] }, meta: { values: { a: ["set", { 0: ["undefined"] }] } } }],
    ["a regular expression", { json: { a: "/(a+)+/" }, meta: { values: { a: ["regexp"] } } }],
    ["a large whole number", { json: { a: "1" }, meta: { values: { a: ["bigint"] } } }],
    ["a class", { json: { a: {} }, meta: { values: { a: [["class", "X"]] } } }],
    ["notes within notes", { json: { a: { b: 1 } }, meta: { values: { a: { b: ["Date"] } } } }],
    ["a note on too long a path", { json: { a: 1 }, meta: { values: { ["a.".repeat(200)]: ["Date"] } } }],
    ["notes that are a list", { json: 1, meta: { values: [["map"]] } }],
    ["no notes but text", { json: 1, meta: "values" }],
    [
      "a hundred and one notes",
      { json: {}, meta: { values: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`a${n}`, ["Date"]])) } },
    ],
    ["lists in lists", { json: nested(66) }],
    ["ten thousand values", { json: Array(10_000).fill(1) }],
  ])("with %s is the caller's fault", (_what, payload) => {
    expect(() => decode(payload)).toThrow(expect.objectContaining({ code: "BAD_REQUEST" }));
  });

  it("of the deepest and longest kind that is taken arrives", () => {
    expect(decode({ json: nested(64) })).toEqual(nested(64));
    expect(decode({ json: Array(9999).fill(1) })).toHaveLength(9999);
  });
});

/** As long as the largest request. Plain reading of it is what an input is measured by: 2 ms on an idle machine. */
const LONGEST = JSON.stringify(Array.from({ length: 20_000 }, (_, n) => ({ n })));
const EXPENSIVE_READINGS = 25;

/** The fastest of a few: others work on the machine, and only the work itself counts. */
const millisecondsOf = (work: () => void): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );

const pairs = Array.from({ length: 12_200 }, (_, n) => [n, 0]);
const paths = (depth: number) =>
  Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`${n}.${Array(depth).fill("0").join(".")}`, ["undefined"]]),
  );

it.each([
  [
    "a map with twelve thousand equal values",
    {
      json: { a: pairs, b: 1 },
      meta: { values: { a: ["map"] }, referentialEqualities: { b: Array(12_200).fill("a.12199.0") } },
    },
  ],
  ["a hundred thousand levels", { json: nested(120_000) }],
  ["a hundred thousand values", { json: Array(120_000).fill(1) }],
  ["as many values as are taken", { json: Array.from({ length: 4999 }, (_, n) => [n]) }],
  ["as many notes as are taken", { json: Array(100).fill(nested(60)), meta: { values: paths(60) } }],
  ["the longest text", { json: "é".repeat(128 * 1024) }],
])("%s never holds others up", (_what, payload) => {
  const read = (): void => {
    try {
      isStorable(decode(payload));
    } catch {
      // A refusal counts too.
    }
  };
  const plain = millisecondsOf(() => void JSON.parse(LONGEST));
  expect(millisecondsOf(read)).toBeLessThan(EXPENSIVE_READINGS * plain);
});
