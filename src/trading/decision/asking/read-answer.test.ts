import { describe, expect, it } from "vitest";
import { ANSWER_TOOL } from "./answer";
import { readAnswer, type ReadAnswer } from "./read-answer";

const PAIR = "BTC/USDT";
const HOLD = { pair: PAIR, action: "hold", confidence: 0.5, thesis: "waits", evidence: [] };

const read = (decisions: readonly unknown[]): Exclude<ReadAnswer, { fault: string }> => {
  const content = [{ type: "tool_use", name: ANSWER_TOOL, input: { decisions } }];
  const answer = readAnswer({ stopReason: "tool_use", content }, [PAIR]);
  if ("fault" in answer) throw new Error(answer.fault);
  return answer;
};

describe("a reply that stopped for what every object has a name for", () => {
  it.each(["constructor", "toString", "hasOwnProperty", "valueOf", "__proto__"])(
    "%s is told of in words",
    (stopReason) => {
      expect(readAnswer({ stopReason, content: [] }, [PAIR])).toEqual({
        fault: "the reply ended for a reason that is not known",
      });
    },
  );
});

describe("what is said of an answer", () => {
  it("is short, however much of it there is that nobody asked for", () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => [`k${index}`, 1] as const);
    const fault = read([{ ...HOLD, ...Object.fromEntries(keys) }]).pairs.get(PAIR);
    expect(fault).toEqual({ fault: expect.stringMatching(/^the answer is not of the form asked for:.*k0.*…$/) });
    expect(JSON.stringify(fault).length).toBeLessThan(500);
  });

  it("names the first of the pairs that nobody asked about, each by its beginning, in whole characters", () => {
    const others = Array.from({ length: 150 }, (_, index) => ({ ...HOLD, pair: `${"\u{1F600}".repeat(500)}${index}` }));
    const { pairs, ignored } = read([HOLD, ...others, { ...HOLD, pair: "DOGE/USDT" }]);
    expect(pairs.get(PAIR)).toEqual(HOLD);
    expect(ignored.length).toBeLessThanOrEqual(20);
    expect(ignored[0]).toBe(`${"\u{1F600}".repeat(39)}…`);
    expect(read([HOLD, { ...HOLD, pair: "DOGE/USDT" }]).ignored).toEqual(["DOGE/USDT"]);
  });
});
