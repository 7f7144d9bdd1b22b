import { describe, expect, it } from "vitest";
import { decideBegin, type BeginState } from "./begin-cycle";

const due: BeginState = {
  holder: "run-1",
  slot: 600_000,
  venueNow: 600_500,
  intervalMs: 300_000,
  botStatus: "running",
  tradingState: "active",
  cycleStatus: "due",
  cycleHolder: null,
  leaseHolder: null,
  isLeaseCurrent: false,
};
const mine = { cycleStatus: "running", cycleHolder: "run-1" } as const;
const held = (leaseHolder: string, isLeaseCurrent = true) => ({ leaseHolder, isLeaseCurrent });

describe("decideBegin", () => {
  it.each<[string, Partial<BeginState>, string]>([
    ["a due slot of a running bot", {}, "claim"],
    ["a bot that may only reduce", { tradingState: "reducing" }, "claim"],
    ["the last moment of its interval", { venueNow: 899_999 }, "claim"],
    ["the next slot's time", { venueNow: 900_000 }, "skip stale"],
    ["a slot that has not come", { venueNow: 599_999 }, "early"],
    ["a halted bot", { tradingState: "halted" }, "skip halted"],
    ["a paused bot", { botStatus: "paused" }, "skip paused"],
    ["a stopped bot", { botStatus: "stopped" }, "skip paused"],
    ["an archived bot", { botStatus: "archived" }, "skip paused"],
    ["another's lease that is in time", held("run-2"), "skip busy"],
    ["another's lease that ran out", held("run-2", false), "claim"],
    ["its own lease", held("run-1"), "claim"],
    ["a paused bot whose lease another holds", { botStatus: "paused", ...held("run-2") }, "skip busy"],
    ["a paused and halted bot", { botStatus: "paused", tradingState: "halted" }, "skip paused"],
    ["a halted bot's stale slot", { tradingState: "halted", venueNow: 900_000 }, "skip halted"],
    ["its own cycle again, after its claim was lost", { ...mine, ...held("run-1") }, "claim"],
    ["its own cycle again, though stale and paused by now", { ...mine, botStatus: "paused", venueNow: 9e9 }, "claim"],
    ["its own cycle, its lease taken over by another", { ...mine, ...held("run-2") }, "skip busy"],
    ["a cycle that another runs", { cycleStatus: "running", cycleHolder: "run-2" }, "ended"],
    ["a cycle that runs for nobody", { cycleStatus: "running" }, "ended"],
    ["a cycle that is done", { cycleStatus: "done" }, "ended"],
    ["a cycle that was skipped", { cycleStatus: "skipped" }, "ended"],
    ["a cycle that failed", { cycleStatus: "failed", cycleHolder: "run-1" }, "ended"],
    ["a cycle that was abandoned", { cycleStatus: "abandoned", cycleHolder: "run-1" }, "ended"],
  ])("given %s", (_case, part, expected) => {
    const result = decideBegin({ ...due, ...part });
    expect(result.outcome === "skip" ? `skip ${result.reason}` : result.outcome).toBe(expected);
  });
});
