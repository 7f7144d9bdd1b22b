import { expect, it } from "vitest";
import { exitReasonSchema, modeExitOf } from "./exit-reason";

it.each([
  ["exit-rsi", "exit-rsi"],
  ["entry", "exit-entry"],
  ["stop-loss", "exit-stop-loss"],
])("a mode that closes by %s closes by its own exit %s, never by a protective one", (code, reason) => {
  expect(modeExitOf(code)).toBe(reason);
  expect(exitReasonSchema.parse(reason)).toBe(reason);
});

it("knows no other exits than the protective ones and those of modes", () => {
  const reasons = ["stop-loss", "take-profit", "liquidation", "exit-sma200", "stop", "Stop-loss", ""];
  const known = reasons.filter((reason) => exitReasonSchema.safeParse(reason).success);
  expect(known).toEqual(["stop-loss", "take-profit", "liquidation", "exit-sma200"]);
});
