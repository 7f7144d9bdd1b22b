import { describe, expect, it } from "vitest";
import { CALL_STATES } from "~/contracts/model-view";
import { callWords, countGrounded } from "./call-words";

const citation = (verdict: "grounded" | "differs") => ({ path: "a", label: "a", cited: "1", told: "2", verdict });

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

describe("citations", () => {
  it("are counted, and one that differs is said to void", () => {
    expect(countGrounded([citation("grounded"), citation("grounded")])).toBe(
      "All 2 citations are as the model was told.",
    );
    expect(countGrounded([citation("grounded"), citation("differs")])).toMatch(/^1 of 2 .* void\.$/);
    expect(countGrounded([])).toBe("It cites nothing.");
  });
});
