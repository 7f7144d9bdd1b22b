import { expect, it } from "vitest";
import { findModel } from "./find-model";
import { warnOfTraining } from "./warn-of-training";

const warn = (trainedThrough: string | undefined, from: string): string | null =>
  warnOfTraining(
    { id: "m", ...(trainedThrough !== undefined && { trainedThrough: Date.parse(trainedThrough) }) },
    Date.parse(from),
  );

it("warns of a period that began before a model's training ended, and of none after it", () => {
  expect(warn("2026-07-01", "2026-06-30T23:59:59Z")).toMatch(/^m was trained on text through 2026-06-30, so it may/);
  expect(warn("2026-07-01", "2026-07-01")).toBeNull();
});

it("says where nobody knows through when a model was trained, and not that it was not", () => {
  expect(warn(undefined, "2030-01-01")).toMatch(/^Nobody says through when m was trained/);
  expect(warnOfTraining(findModel("ollama", "any"), Date.parse("2030-01-01"))).not.toBeNull();
});

it("has nothing to say of what was not trained", () => {
  expect(warnOfTraining(findModel("scripted", "scripted-trader-1"), Date.parse("2020-01-01"))).toBeNull();
});
