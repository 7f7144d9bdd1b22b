import { describe, expect, it } from "vitest";
import type { StageRecord } from "../../cycle/stage-record";
import { describeStages, type StagesOf } from "./describe-stages";

const BEGUN_AT = 1_700_000_000_000;

const record = (result: StageRecord["result"], part: Partial<StageRecord> = {}): StageRecord => ({
  result,
  durationMs: 20,
  attempt: 1,
  process: "one",
  endedAt: BEGUN_AT,
  before: null,
  ...part,
});
const BEGUN = { "begin-cycle": record({ hasPositions: false }) };
const READ = { "read-market": record({ pairs: 2, withoutPrice: [] }, { endedAt: BEGUN_AT + 20 }) };
const decided = (open: number) => ({
  "make-decisions": record({ open, close: 0, hold: 2 - open }, { endedAt: BEGUN_AT + 40 }),
});
const judged = (passed: number) => ({
  "apply-risk": record({ passed, rejected: 1 - passed }, { endedAt: BEGUN_AT + 60 }),
});
const SENT = { "execute-orders": record({ filled: 1, rejected: 0, unknown: 0 }, { endedAt: BEGUN_AT + 80 }) };
const MARKED = { "record-equity": record({ equity: "10000.5", openPositions: 1 }, { endedAt: BEGUN_AT + 100 }) };

const brief = (cycle: Partial<StagesOf>): string[] =>
  describeStages({ status: "done", records: {}, isDecisionDue: true, ...cycle }).map(
    ({ stage, state, summary }) => `${stage} ${state}${summary === null ? "" : `: ${summary}`}`,
  );

describe("describeStages", () => {
  it("of a cycle that traded tells what each stage gave", () => {
    const records = { ...BEGUN, ...READ, ...decided(1), ...judged(1), ...SENT, ...MARKED };
    expect(brief({ records })).toEqual([
      "read-market done: 2 pairs read",
      "read-portfolio not-needed: no position was open",
      "make-decisions done: 1 to open, 0 to close, 1 to hold",
      "apply-risk done: 1 passed, 0 refused",
      "execute-orders done: 1 filled",
      "record-equity done: equity 10,000.50 USDT, 1 open position",
    ]);
  });

  it("of a bot that asks a model has a stage more, which says what came of the question", () => {
    const read = { ...BEGUN, ...READ };
    const asked = (result: StageRecord["result"]) =>
      brief({ asksModel: true, records: { ...read, "ask-model": record(result), ...decided(0), ...MARKED } })[2];
    expect(asked({ outcome: "answered", callId: "x" })).toBe("ask-model done: it answered");
    expect(asked({ outcome: "held", code: "over-budget", text: "no money", callId: null })).toBe(
      "ask-model done: held: no money",
    );
    expect(asked({ outcome: "not-asked" })).toBe("ask-model done: there was nothing to ask");
    expect(brief({ asksModel: true, records: { ...BEGUN, ...MARKED } })[2]).toBe(
      "ask-model not-needed: no new decision candle had closed",
    );
    expect(brief({ asksModel: true, status: "failed", records: read })[2]).toBe(
      "ask-model not-reached: the cycle failed here",
    );
    expect(brief({ asksModel: true, status: "running", records: read })[2]).toBe("ask-model running");
    expect(brief({ status: "failed", records: read })[2]).toBe("make-decisions not-reached: the cycle failed here");
  });

  it.each<[string, StagesOf["records"], string[]]>([
    [
      "without a new candle",
      { ...BEGUN, ...MARKED },
      [
        "read-market not-needed: no new decision candle had closed",
        "make-decisions not-needed: no new decision candle had closed",
        "apply-risk not-needed: no new decision candle had closed",
        "execute-orders not-needed: no new decision candle had closed",
      ],
    ],
    [
      "that wanted nothing",
      { ...BEGUN, ...READ, ...decided(0), ...MARKED },
      [
        "apply-risk not-needed: no decision to open or close",
        "execute-orders not-needed: no decision to open or close",
      ],
    ],
    [
      "whose wishes were refused",
      { ...BEGUN, ...READ, ...decided(1), ...judged(0), ...MARKED },
      ["execute-orders not-needed: the risk gate approved nothing"],
    ],
  ])("of a cycle %s says why stages were not needed", (_which, records, lines) => {
    expect(brief({ records })).toEqual(expect.arrayContaining(lines));
  });

  it("of a running cycle names the stage that runs, and tells not reached from not needed", () => {
    expect(brief({ status: "running", records: { ...BEGUN, ...READ } }).slice(1, 4)).toEqual([
      "read-portfolio not-needed: no position was open",
      "make-decisions running",
      "apply-risk not-reached",
    ]);
    const idle = brief({ status: "running", records: BEGUN, isDecisionDue: false });
    expect(idle.at(-1)).toBe("record-equity running");
  });

  it.each([
    ["failed" as const, "make-decisions not-reached: the cycle failed here"],
    ["abandoned" as const, "make-decisions not-reached: the process stopped here; the next cycle closed this one"],
  ])("of a cycle that %s says where", (status, line) => {
    const lines = brief({ status, records: { ...BEGUN, ...READ } });
    expect(lines[2]).toBe(line);
    expect(lines.slice(3)).toEqual([
      "apply-risk not-reached",
      "execute-orders not-reached",
      "record-equity not-reached",
    ]);
  });

  it.each(["due", "skipped"] as const)("of a cycle that is %s reaches none", (status) => {
    expect(new Set(brief({ status }).map((line) => line.split(" ")[1]))).toEqual(new Set(["not-reached"]));
  });

  it("reads records of before they had processes and attempts, and results of another version", () => {
    const old = record({ told: "otherwise" }, { attempt: null, process: null, endedAt: null });
    const [first] = describeStages({ status: "done", records: { "read-market": old }, isDecisionDue: true });
    expect(first).toEqual({
      stage: "read-market",
      state: "done",
      durationMs: 20,
      attempts: null,
      recovered: null,
      summary: null,
    });
  });
});

describe("a stage counts as recovered", () => {
  const second = (part: Partial<StageRecord>) => {
    const records = { ...BEGUN, ...READ, "make-decisions": record({ open: 0, close: 0, hold: 2 }, part) };
    return describeStages({ status: "running", records, isDecisionDue: true })[2];
  };

  it("when another process ran it after a silence, which is told in seconds", () => {
    const stage = second({ process: "two", durationMs: 30, endedAt: BEGUN_AT + 20 + 2300 + 30 });
    expect(stage?.recovered).toBe("the process running the cycle stopped; another took over 2.3 s later");
    expect(stage?.attempts).toBeNull();
  });

  it.each<[string, Partial<StageRecord>]>([
    ["the same process was slow", { process: "one", endedAt: BEGUN_AT + 90_000 }],
    ["another process went on at once", { process: "two", endedAt: BEGUN_AT + 60 }],
    ["nothing is known of the process", { process: null, endedAt: BEGUN_AT + 90_000 }],
  ])("not when %s", (_why, part) => {
    expect(second(part)?.recovered).toBeNull();
  });

  it("not when its cycle was set back after the stage before, and begun anew: nobody died", () => {
    const begun = record({ hasPositions: false }, { attempt: 2, process: "two", endedAt: BEGUN_AT + 20_000 });
    const later = record({ open: 0, close: 0, hold: 2 }, { process: "two", endedAt: BEGUN_AT + 21_000 });
    const records = { ...READ, "begin-cycle": begun, "make-decisions": later };
    expect(describeStages({ status: "done", records, isDecisionDue: true })[2]?.recovered).toBeNull();
  });

  it("when its cycle was begun again by another process, but not by the same one", () => {
    const firstOf = (before: string) => {
      const begun = record({ hasPositions: false }, { attempt: 2, before });
      return describeStages({ status: "done", records: { "begin-cycle": begun, ...READ }, isDecisionDue: true })[0];
    };
    expect(firstOf("zero")?.recovered).toBe("the process that began the cycle stopped; another restarted it");
    expect(firstOf("one")?.recovered).toBeNull();
  });
});
