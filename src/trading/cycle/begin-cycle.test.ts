import { describe, expect, it } from "vitest";
import { decideBegin, type BeginState } from "./begin-cycle";

const due: BeginState = {
  holder: "run-1",
  slot: 600_000,
  venueNow: 600_500,
  wallNow: 50_000,
  intervalMs: 300_000,
  botStatus: "running",
  tradingState: "active",
  cycleStatus: "due",
  cycleHolder: null,
  retryAt: null,
  isOvertaken: false,
  leaseHolder: null,
  isLeaseCurrent: false,
};
const mine = { cycleStatus: "running", cycleHolder: "run-1" } as const;
const failed = (cycleHolder: string, retryAt: number) => ({ cycleHolder, retryAt });
const held = (leaseHolder: string, isLeaseCurrent = true) => ({ leaseHolder, isLeaseCurrent });

describe("decideBegin", () => {
  it.each<[string, Partial<BeginState>, string]>([
    ["a due slot of a running bot", {}, "claim"],
    ["a bot that may only reduce", { tradingState: "reducing" }, "claim"],
    ["the last moment of its interval", { venueNow: 899_999 }, "claim"],
    ["the next slot's time", { venueNow: 900_000 }, "skip stale"],
    ["a slot that has not come", { venueNow: 599_999 }, "early"],
    ["a halted bot", { tradingState: "halted" }, "skip halted"],
    ["a paused bot, whose mode still closes", { botStatus: "paused" }, "claim"],
    ["a stopped bot", { botStatus: "stopped" }, "skip paused"],
    ["an archived bot", { botStatus: "archived" }, "skip paused"],
    ["another's lease that is in time", held("run-2"), "skip busy"],
    ["another's lease that ran out", held("run-2", false), "claim"],
    ["its own lease", held("run-1"), "claim"],
    ["a stopped bot whose lease another holds", { botStatus: "stopped", ...held("run-2") }, "skip busy"],
    ["a stopped and halted bot", { botStatus: "stopped", tradingState: "halted" }, "skip paused"],
    ["a halted bot's stale slot", { tradingState: "halted", venueNow: 900_000 }, "skip halted"],
    ["its own cycle again, after its claim was lost", { ...mine, ...held("run-1") }, "claim"],
    ["its own cycle again, though stale and stopped by now", { ...mine, botStatus: "stopped", venueNow: 9e9 }, "claim"],
    ["its own cycle, its lease taken over by another", { ...mine, ...held("run-2") }, "skip busy"],
    ["a slot that failed, before its next try", failed("run-2", 50_001), "early"],
    ["a slot that failed, when its next try has come", failed("run-2", 50_000), "claim"],
    ["its own failed slot, woken a moment early", failed("run-1", 50_900), "claim"],
    ["a failed slot whose time passed", { ...failed("run-1", 50_000), venueNow: 900_000 }, "skip stale"],
    ["a failed slot after which a later one was begun", { ...failed("run-1", 0), isOvertaken: true }, "skip stale"],
    ["a failed slot of a bot that was stopped since", { ...failed("run-1", 0), botStatus: "stopped" }, "skip paused"],
    ["a failed slot whose bot another holds", { ...failed("run-1", 0), ...held("run-2") }, "skip busy"],
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
