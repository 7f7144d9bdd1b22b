import { describe, expect, it } from "vitest";
import { printReport } from "./print-report";
import type { ReplayReport } from "./report-document";

const AT = "2024-01-02T03:04:00.000Z";

const report: ReplayReport = {
  from: AT,
  to: AT,
  mode: "trinity",
  pairs: ["BTC/USDT"],
  intervalSeconds: 300,
  initialCapital: "10000",
  warmupUntil: AT,
  trades: [
    {
      pair: "BTC/USDT",
      side: "short",
      quantity: "0.0355",
      entryPrice: "31433.669859154929577465",
      entryTime: AT,
      exitPrice: "31484.5",
      exitTime: AT,
      grossPnl: "-1.8",
      fees: "1.12",
      funding: "unknown",
      slippage: "0.23",
      realizedPnl: "-2.92",
      exitReason: "break-even",
    },
  ],
  openPositions: [],
  equity: [{ time: AT, value: "9997.08" }],
  decisions: {
    total: 2,
    action: {},
    outcome: { rejected: 1 },
    reason: { "exit-rule-holds": 2 },
    rule: { "pair-is-free": 1 },
  } as unknown as ReplayReport["decisions"],
  funding: { status: "unknown", payments: 1, low: "-0.1", high: "0.1" },
  invariants: { checked: 1, broken: 0, breaches: [] },
  cycles: { done: 1, skipped: {}, failed: 0, abandoned: 0 },
};

describe("a report for people", () => {
  const text = printReport(report, 2);

  it("cuts averages to eight decimals and leaves prices as they are", () => {
    expect(text).toMatch(/ 0\.0355 +31433\.66985915 +31484\.5 /);
  });

  it("counts one as one, and tells rules, reasons and exits in words", () => {
    expect(text).toContain("1 trade, 0 with a profit");
    expect(text).toContain("1 payment of");
    expect(text).toContain("stopped at break-even");
    expect(text).toContain("exit rule holds 2");
    expect(text).not.toMatch(/pair-is-free|break-even {2}|exit-rule/);
  });

  it("names the version of matching that its fills are by", () => {
    expect(text).toContain("matching version 2");
  });
});
