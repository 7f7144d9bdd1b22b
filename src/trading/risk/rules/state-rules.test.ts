import { describe, expect, it } from "vitest";
import { buildPosition } from "../../portfolio/testing/position-builder";
import type { RiskContext } from "../basis/risk-context";
import { RISK_RULES, type LimitName } from "../risk-rules";
import {
  buildContext,
  buildEntry,
  buildHistory,
  buildMarket,
  buildPortfolio,
  SLOT,
} from "../testing/risk-context-builder";

const MINUTE_MS = 60_000;

type Case = [
  rule: string,
  situation: string,
  context: Partial<RiskContext<LimitName>>,
  outcome: "pass" | "fail" | "unknown",
  measured: string | null,
];

const history = (part: Parameters<typeof buildHistory>[0]) => ({ history: buildHistory(part) });
const market = (part: Parameters<typeof buildMarket>[0]) => ({ market: buildMarket(part) });
const short = buildEntry({ side: "short" });
const positions = (count: number) => ({
  portfolio: buildPortfolio({ positions: Array.from({ length: count }, () => buildPosition({ pair: "ETH/USDT" })) }),
});

const CASES: Case[] = [
  ["trading-state", "an active bot", {}, "pass", "active"],
  ["trading-state", "a reducing bot", { tradingState: "reducing" }, "fail", "reducing"],
  ["trading-state", "a halted bot", { tradingState: "halted" }, "fail", "halted"],
  ["stale-data", "a candle as old as the interval", market({ dataAgeMs: 300_000 }), "pass", "300"],
  ["stale-data", "a candle older than the interval", market({ dataAgeMs: 300_001 }), "fail", "300.001"],
  [
    "stale-data",
    "a candle of 60 s under a shorter interval",
    { ...market({ dataAgeMs: 60_000 }), intervalSeconds: 2 },
    "pass",
    "60",
  ],
  [
    "stale-data",
    "a candle over 60 s under a shorter interval",
    { ...market({ dataAgeMs: 60_001 }), intervalSeconds: 2 },
    "fail",
    "60.001",
  ],
  ["stale-data", "no candle", market({ dataAgeMs: null }), "fail", null],
  ["stale-data", "no price at the slot", market({ referencePrice: null }), "fail", "0"],
  ["spot-is-long-only", "a long on spot", market({ rules: { marketType: "spot" } }), "pass", "long"],
  [
    "spot-is-long-only",
    "a short on spot",
    { ...market({ rules: { marketType: "spot" } }), entry: short },
    "fail",
    "short",
  ],
  ["spot-is-long-only", "a short on a swap", { entry: short }, "pass", "short"],
  ["one-entry-per-candle", "the candle's first entry", {}, "pass", "0"],
  ["one-entry-per-candle", "a second entry on the candle", history({ hasEnteredThisCandle: true }), "fail", "1"],
  ["pair-is-free", "positions in other pairs", positions(2), "pass", "0"],
  [
    "pair-is-free",
    "a position in the pair",
    { portfolio: buildPortfolio({ positions: [buildPosition()] }) },
    "fail",
    "1",
  ],
  ["cooldown", "no stop before", {}, "pass", null],
  ["cooldown", "the cooldown just over", history({ lastStopAt: SLOT - 60 * MINUTE_MS }), "pass", "60"],
  ["cooldown", "a second too early", history({ lastStopAt: SLOT - 60 * MINUTE_MS + 6000 }), "fail", "59.9"],
  ["loss-pause", "no pause", {}, "pass", "0"],
  ["loss-pause", "the pause just over", history({ lossPauseUntil: SLOT }), "pass", "0"],
  ["loss-pause", "a pause long over", history({ lossPauseUntil: SLOT - MINUTE_MS }), "pass", "0"],
  ["loss-pause", "a pause that lasts", history({ lossPauseUntil: SLOT + MINUTE_MS }), "fail", "1"],
  ["trades-per-day", "the last entry of the day", history({ entriesToday: 9 }), "pass", "10"],
  ["trades-per-day", "one entry too many", history({ entriesToday: 10 }), "fail", "11"],
  ["entries-per-cycle", "the last entry of the cycle", history({ entriesThisCycle: 1 }), "pass", "2"],
  ["entries-per-cycle", "one entry too many", history({ entriesThisCycle: 2 }), "fail", "3"],
  ["open-positions", "the last position allowed", positions(4), "pass", "5"],
  ["open-positions", "one position too many", positions(5), "fail", "6"],
];

describe("rules on the bot's state", () => {
  it.each(CASES)("%s, given %s", (name, _situation, part, outcome, measured) => {
    const finding = RISK_RULES.find((rule) => rule.name === name)?.check(buildContext(part));
    expect(finding).toMatchObject({ outcome, measured });
  });
});
