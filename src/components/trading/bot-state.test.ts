import { expect, it } from "vitest";
import { describeRecent } from "~/contracts/recent-cycles";
import { botState } from "./bot-state";

const stateOf = (skipped: number, failed: number, rest: Partial<Parameters<typeof botState>[0]> = {}): string =>
  botState({ status: "running", tradingState: "active", recent: { cycles: 50, skipped, failed }, ...rest }).word;

it("a running bot that skipped or failed cycles is in a state of its own", () => {
  expect(stateOf(0, 0)).toBe("Running");
  expect(stateOf(12, 0)).toBe("Running, 12 skipped");
  expect(stateOf(12, 2)).toBe("Running, 2 failed");
  expect(stateOf(12, 2, { tradingState: "halted" })).toBe("Halted");
  expect(stateOf(12, 2, { status: "paused" })).toBe("Paused");
});

it("says of how many cycles how many did not happen", () => {
  const recent = { cycles: 50, skipped: 12, failed: 1 };
  expect(describeRecent({ recent })).toBe(
    "of its last 50 cycles 12 were skipped (it could not keep up, or nobody was there) and 1 failed.",
  );
  expect(describeRecent({ recent: { cycles: 50, skipped: 0, failed: 0 } })).toBeNull();
});
