import { expect, it } from "vitest";
import { describeRecent } from "~/contracts/recent-cycles";
import { botState, type BotStateRow } from "./bot-state";

const DEMO: BotStateRow["venue"] = { id: "v", kind: "demo", name: "Demo market", isSimulated: true };
const bot = (rest: Partial<BotStateRow>): BotStateRow => ({
  status: "running",
  tradingState: "active",
  recent: { cycles: 50, skipped: 0, failed: 0 },
  venue: DEMO,
  ...rest,
});
const stateOf = (skipped: number, failed: number, rest: Partial<BotStateRow> = {}): string =>
  botState(bot({ recent: { cycles: 50, skipped, failed }, ...rest }), []).word;

it("a running bot that skipped or failed cycles is in a state of its own", () => {
  expect(stateOf(0, 0)).toBe("Running");
  expect(stateOf(12, 0)).toBe("Running, 12 skipped");
  expect(stateOf(12, 2)).toBe("Running, 2 failed");
  expect(stateOf(12, 2, { tradingState: "halted" })).toBe("Halted");
  expect(stateOf(12, 2, { status: "paused" })).toBe("Paused");
});

it.each([
  ["a running bot without the runner", {}, ["runner"], "Not trading"],
  ["a running bot without the database", {}, ["database"], "Not trading"],
  ["one that only closes: it does not", { tradingState: "reducing" }, ["runner"], "Not trading"],
  ["a demo bot without its market", {}, ["market"], "Not trading"],
  ["another venue's bot without the demo market", { venue: { ...DEMO, isSimulated: false } }, ["market"], "Running"],
  ["cycles that are late", {}, ["cycles"], "Running"],
  ["a halted bot, which somebody has to set going", { tradingState: "halted" }, ["runner"], "Halted"],
  ["a paused bot", { status: "paused" }, ["runner"], "Paused"],
] as const)("no bot is said to run while what it stands on has stopped: %s", (_case, rest, stopped, word) => {
  expect(botState(bot(rest), stopped).word).toBe(word);
});

it("says of how many cycles how many did not happen", () => {
  const recent = { cycles: 50, skipped: 12, failed: 1 };
  expect(describeRecent({ recent })).toBe(
    "of its last 50 cycles 12 were skipped (0xBot could not keep up or was not running) and 1 failed.",
  );
  expect(describeRecent({ recent: { cycles: 50, skipped: 0, failed: 0 } })).toBeNull();
});
