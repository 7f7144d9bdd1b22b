import { describe, expect, it } from "vitest";
import { CALL_STATES, type ModelProposal, type PairAnswerView } from "~/contracts/model-view";
import { callWords } from "./call-words";

describe("what became of a question", () => {
  it("is said of each state, and a lost reply says that it is not repeated", () => {
    const none = { fault: null, pairs: [] };
    for (const state of CALL_STATES) expect(callWords({ state, ...none }).text).toMatch(/\.$/);
    expect(callWords({ state: "lost", ...none }).text).toMatch(/may have been paid, so it is not repeated/);
    expect(callWords({ state: "refused", ...none }).text).toMatch(/nothing was paid/);
  });

  it("of a reply of no use says why", () => {
    expect(callWords({ state: "replied", fault: "it is prose", pairs: [] })).toMatchObject({
      word: "Of no use",
      text: "It replied, and nothing of it can be used: it is prose.",
    });
  });
});

describe("what a reply wants", () => {
  const answer = (action: ModelProposal["action"] | null): PairAnswerView => ({
    pair: "BTC/USDT",
    proposal: action && {
      action,
      confidence: 0.5,
      thesis: "so",
      stop: null,
      target: null,
      invalidation: [],
      citations: [],
    },
    fault: action === null ? "no answer" : null,
  });
  const tell = (...actions: (ModelProposal["action"] | null)[]): string =>
    callWords({ state: "replied", fault: null, pairs: actions.map(answer) }).text;

  it("is counted by what it would do, entries of either side as one", () => {
    expect(tell("hold", "open_long", "hold", "open_short", "close")).toBe(
      "Of 5 pairs it wants to enter 2, close 1, hold 2.",
    );
    expect(tell("hold")).toBe("Of 1 pair it wants to hold 1.");
  });

  it("is never taken for a hold where an answer cannot be used", () => {
    expect(tell("hold", null)).toBe("Of 2 pairs it wants to hold 1; its answer about 1 cannot be used.");
    expect(tell(null)).toBe("Of 1 pair its answer about 1 cannot be used.");
  });
});
