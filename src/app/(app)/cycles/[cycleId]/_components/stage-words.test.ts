import { describe, expect, it } from "vitest";
import type { CycleView, StageView } from "~/contracts/cycle-view";
import { isBrokenOff, isLook, stageInput, stageOutput, whyNothing } from "./stage-words";

const stage = (change: Partial<StageView>): StageView => ({
  stage: "apply-risk",
  state: "not-reached",
  durationMs: null,
  attempts: null,
  recovered: null,
  summary: null,
  ...change,
});

it.each([
  ["done", null, true],
  ["done", "7", false],
  ["due", null, false],
  ["skipped", null, false],
] as const)("a cycle that is %s and claimed its bot as %s was covered by a look: %s", (status, epoch, expected) => {
  expect(isLook({ status, epoch })).toBe(expected);
});

describe("a stage without a result", () => {
  it.each([
    ["done", stage({ state: "not-needed", summary: "no decision to open or close" }), "No decision to open or close."],
    ["done", stage({ state: "not-needed" }), "There was nothing to do."],
    ["due", stage({}), "The cycle has not begun."],
    ["skipped", stage({}), "The slot was skipped, so no stage ran."],
    ["running", stage({}), "The cycle has not reached this stage yet."],
    ["running", stage({ state: "running" }), "This stage is running."],
    ["failed", stage({}), "The cycle ended before this stage."],
    ["failed", stage({ summary: "the cycle failed here" }), "The cycle failed here."],
    ["due", undefined, "The cycle has not begun."],
  ] as const)("of a cycle that is %s says why: %o", (status, seen, why) =>
    expect(whyNothing({ status }, seen)).toBe(why),
  );

  it("is where the cycle broke off only if it says so and the cycle did", () => {
    const here = stage({ summary: "the cycle failed here" });
    expect(isBrokenOff({ status: "failed" }, here)).toBe(true);
    expect(isBrokenOff({ status: "failed" }, stage({}))).toBe(false);
    expect(
      isBrokenOff({ status: "done" }, stage({ state: "not-needed", summary: "no decision to open or close" })),
    ).toBe(false);
  });
});

describe("what came of the portfolio stage", () => {
  const read = stage({ stage: "read-portfolio", state: "done", summary: "no stop, target or liquidation was touched" });
  const told = (...changes: readonly CycleView["settled"][number]["change"][]) => {
    const settled = changes.map((change) => ({ change }) as CycleView["settled"][number]);
    return stageOutput({ equity: null, bot: { currency: "USDT" } as CycleView["bot"], settled }, read);
  };

  it("names parts that left and legs that were entered, though no position was closed", () => {
    expect(told("part", "leg", "leg")).toBe("1 part left, 2 legs entered");
    expect(told("closed", "part")).toBe("1 position closed by stop, target or liquidation, 1 part left");
  });

  it("is what the stage recorded where nothing was filled", () => {
    expect(told()).toBe(read.summary);
  });
});

it("what went into a decision is what the model answered, where the bot asks one", () => {
  const of = (name: string) =>
    stageInput({ bot: { mode: { name } }, decisions: [{}, {}] } as unknown as CycleView, "make-decisions");
  expect(of("llm")).toBe("what its model answered about 2 pairs, the bot's settings");
  expect(of("trinity")).toBe("candles of 2 pairs, the bot's settings");
});
