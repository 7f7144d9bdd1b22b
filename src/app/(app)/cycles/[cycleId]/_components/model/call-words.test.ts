import { describe, expect, it } from "vitest";
import { CALL_STATES } from "~/contracts/model-view";
import { callWords } from "./call-words";

describe("what became of a question", () => {
  it("is said of each state, and a lost reply says that it is not repeated", () => {
    for (const state of CALL_STATES) expect(callWords({ state, fault: null }).text).toMatch(/\.$/);
    expect(callWords({ state: "lost", fault: null }).text).toMatch(/may have been paid, so it is not repeated/);
    expect(callWords({ state: "refused", fault: null }).text).toMatch(/nothing was paid/);
  });

  it("of a reply of no use says why", () => {
    expect(callWords({ state: "replied", fault: "it is prose" })).toMatchObject({
      word: "Of no use",
      text: "It replied, and nothing of it can be used: it is prose.",
    });
  });
});
