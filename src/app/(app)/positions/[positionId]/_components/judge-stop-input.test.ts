import { describe, expect, it } from "vitest";
import { judgeStopInput, type JudgedStop } from "./judge-stop-input";

const LONG = { side: "long", stopLoss: "95", mark: "100" } as const;
const SHORT = { side: "short", stopLoss: "105", mark: "100" } as const;
const fine = (level: string, isLooser = false): JudgedStop => ({ level, problem: null, isLooser });

describe("a stop as it is typed", () => {
  it.each(["97,5", "1,5", "2500,5", "50033,9", "41,25", ",950", "1,0000"])(
    "is not read by a decimal comma: %s",
    (typed) => {
      const { level, problem } = judgeStopInput({ ...LONG, stopLoss: "9", mark: "100000" }, typed);
      expect([level, problem]).toEqual([null, "Enter decimals after a point, such as 41250.5."]);
    },
  );

  it.each([
    ["tighter", LONG, "97.5", fine("97.5")],
    ["tighter, of a short", SHORT, "102", fine("102")],
    ["with grouped digits", { ...LONG, stopLoss: "40000", mark: "50000" }, " 41,250.50", fine("41250.5")],
    ["looser", LONG, "94", fine("94", true)],
    ["looser, of a short", SHORT, "106", fine("106", true)],
    ["where it is", LONG, "95.00", { level: null, problem: null, isLooser: false }],
  ] as const)("is read where it is %s", (_what, position, typed, expected) => {
    expect(judgeStopInput(position, typed)).toEqual(expected);
  });

  it.each([
    ["nothing", LONG, "", /Enter a price/],
    ["words", LONG, "ten", /Enter a price/],
    ["an exponent", LONG, "1e2", /Enter a price/],
    ["a minus", LONG, "-5", /Enter a price/],
    ["the mark", LONG, "100", /below the mark price/],
    ["beyond the mark", LONG, "101", /below the mark price/],
    ["beyond the mark of a short", SHORT, "99", /above the mark price/],
  ] as const)("is not where it is %s, and says why", (_what, position, typed, problem) => {
    expect(judgeStopInput(position, typed)).toMatchObject({
      level: null,
      problem: expect.stringMatching(problem) as string,
    });
  });
});
