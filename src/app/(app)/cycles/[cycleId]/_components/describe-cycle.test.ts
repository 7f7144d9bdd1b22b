import { describe, expect, it } from "vitest";
import type { CycleView, PairDecision, StageView } from "~/contracts/cycle-view";
import { statusOfCycle } from "~/components/trading/cycle-status";
import { anchorOf, sortDecisions } from "./sort-decisions";
import { describeCycle, describeSettled } from "./describe-cycle";

const ID = "0190c0de-0000-7000-8000-000000000000";

const decision = (pair: string, change: Partial<PairDecision> = {}): PairDecision => ({
  id: ID,
  pair,
  priceDigits: 1,
  action: "hold",
  side: null,
  score: 0,
  scores: { long: 0.3, short: 0.2 },
  entryScore: 0.65,
  decidedCandle: null,
  sizeFraction: null,
  leverage: null,
  entryPrice: null,
  stopLoss: null,
  takeProfit: null,
  invalidation: [],
  reasonCode: "no-trigger",
  reasonText: "",
  nearestChange: null,
  evidence: [],
  verdict: null,
  orders: [],
  ...change,
});

const verdict = (outcome: "approved" | "rejected", rule: string | null): PairDecision["verdict"] => ({
  outcome,
  rule,
  reason: "",
  quantity: null,
  size: null,
  others: null,
  checks: [],
  nearestChange: null,
});

const stages: StageView[] = [];
const done = { status: "done" as const, settled: [], stages };

describe("the story of a cycle", () => {
  it("says that every decision was to hold", () => {
    expect(describeCycle({ ...done, decisions: [decision("BTC/USDT"), decision("ETH/USDT")] })).toEqual([
      "The bot read 2 pairs and held on each.",
    ]);
  });

  it("says at which step it was recovered after a crash", () => {
    const stage = { stage: "read-portfolio", state: "done", durationMs: 40, attempts: null, summary: null } as const;
    const recovered = "the process running the cycle stopped; another took over 2.3 s later";
    const told = describeCycle({ ...done, decisions: [decision("BTC/USDT")], stages: [{ ...stage, recovered }] });
    expect(told.at(-1)).toBe("Recovered after a crash at step Portfolio.");
  });

  it("tells of parts that left and legs that were entered as of what was closed", () => {
    const settled = (["leg", "part", "part", "closed"] as const).map(
      (change) => ({ change, kind: "stop-loss" }) as CycleView["settled"][number],
    );
    expect(describeCycle({ ...done, settled, decisions: [] })).toEqual([
      "1 position had been closed by a stop, a target or liquidation.",
      "2 parts of positions had left at their levels.",
      "1 leg of an entry had been entered.",
    ]);
    expect(describeSettled({ change: "leg", kind: "entry-leg" })).toBe("leg entered");
    expect(describeSettled({ change: "part", kind: "partial-target" })).toBe("part at its target");
    expect(describeSettled({ change: "closed", kind: "stop-loss" })).toBe("stop filled");
  });

  it("names what was wanted, what was let through and what was refused by which rule", () => {
    const decisions = [
      decision("BTC/USDT", { action: "open", side: "long", verdict: verdict("approved", null) }),
      decision("ETH/USDT", { action: "open", side: "short", verdict: verdict("rejected", "one-entry-per-candle") }),
      decision("SOL/USDT"),
    ];
    expect(describeCycle({ ...done, decisions })).toEqual([
      "The bot read 3 pairs and decided to open BTC/USDT long and open ETH/USDT short.",
      "The risk gate approved BTC/USDT and refused ETH/USDT (this candle had its entry already).",
    ]);
  });

  it("says why nothing was decided, and is silent about what was not reached", () => {
    const idle: StageView = {
      stage: "make-decisions",
      state: "not-needed",
      durationMs: null,
      attempts: null,
      recovered: null,
      summary: "no new decision candle had closed",
    };
    expect(describeCycle({ ...done, decisions: [], stages: [idle] })).toEqual([
      "Nothing was decided: no new decision candle had closed.",
    ]);
    expect(describeCycle({ ...done, status: "failed", decisions: [] })).toEqual([]);
  });
});

describe("the status of a cycle", () => {
  const status = (change: Partial<CycleView>) =>
    statusOfCycle({ status: "skipped", skipReason: null, failure: null, missedCount: null, ...change });

  it("tells how many slots a downtime has cost", () => {
    expect(status({ skipReason: "missed", missedCount: 12 }).why).toMatch(/^From this slot on 12 slots passed/);
  });

  it("says what failed while it waits for its next try, and where its time passed before that", () => {
    expect(status({ status: "due" })).toMatchObject({ word: "Planned" });
    const failure = "The venue does not answer.";
    expect(status({ status: "due", failure })).toMatchObject({
      word: "Will be retried",
      why: `It failed: ${failure}`,
    });
    expect(status({ skipReason: "stale", failure }).why).toMatch(/was due before .* It had failed before: The venue/);
  });

  it.each(["busy", "missed", "stale", "paused", "halted"])(
    "says %s in words of its own, not by its code",
    (skipReason) => {
      const { word, why } = status({ skipReason });
      expect(word).toMatch(/^(Skipped|Missed)$/);
      expect(why).not.toMatch(/The reason:/);
    },
  );

  it("says why for every way to end but the planned one", () => {
    expect(status({ skipReason: "busy" }).why).toMatch(/still running/);
    expect(status({ skipReason: "on-strike" }).why).toBe("The reason: on strike.");
    expect(status({ status: "failed", failure: "The venue cannot be reached." }).why).toMatch(/cannot be reached/);
    expect(status({ status: "abandoned" }).why).not.toBeNull();
    expect(status({ status: "done" }).why).toBeNull();
  });
});

it("wishes stand first, then the better score", () => {
  const sorted = sortDecisions([
    decision("A/USDT"),
    decision("B/USDT", { scores: { long: 0.1, short: 0.9 } }),
    decision("C/USDT", { action: "close" }),
  ]);
  expect(sorted.map(({ pair }) => pair)).toEqual(["C/USDT", "B/USDT", "A/USDT"]);
});

it("an anchor is a plain word", () => expect(anchorOf("risk", "BTC/USDT:USDT")).toBe("risk-BTC-USDT-USDT"));
