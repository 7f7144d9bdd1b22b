import { describe, expect, it } from "vitest";
import { Decimal } from "decimal.js";
import { cycleModelSchema } from "~/contracts/model-view";
import { answerTool } from "~/trading/decision/asking/answer";
import type { Fact } from "~/trading/decision/asking/fact";
import { toCallView } from "./call-view";

type CallRow = Parameters<typeof toCallView>[0];

const FACTS: readonly Fact[] = [
  { path: "BTC/USDT.1h.close", label: "last close on 1h", unit: "price", value: 100 },
  { path: "BTC/USDT.1h.rsi14", label: "RSI(14)", unit: "index", value: 55 },
  { path: "BTC/USDT.funding", label: "funding of 8 hours", unit: "percent", value: null },
];

const answerOf = (evidence: readonly object[]) => ({
  pair: "BTC/USDT",
  action: "open_long",
  confidence: 0.8,
  thesis: "it rises",
  evidence,
  stop_loss: 95,
  take_profit: 112.5,
  invalidation: [{ on: "close", operator: "<", price: 96, candles: 2 }],
});

const rawOf = (decisions: readonly object[]): string =>
  JSON.stringify({
    stop_reason: "tool_use",
    content: [{ type: "tool_use", name: "submit_decisions", input: { decisions } }],
  });

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const PROMPT = { system: ["frame", "strategy"], message: "data", tool: answerTool(PAIRS), pairs: PAIRS };

const row = (given: Partial<CallRow> = {}): CallRow => ({
  id: "00000000-0000-7000-8000-000000000001",
  userId: "00000000-0000-7000-8000-000000000002",
  botId: null,
  cycleId: null,
  slot: null,
  attempt: 1,
  provider: "anthropic",
  model: "claude-haiku-5-5",
  place: "",
  servedModel: "claude-haiku-5-5-20261007",
  frameVersion: 2,
  promptHash: "0".repeat(64),
  prompt: PROMPT as unknown as CallRow["prompt"],
  facts: FACTS as unknown as CallRow["facts"],
  state: "replied",
  fault: null,
  reason: null,
  reserve: new Decimal("0.05"),
  cost: new Decimal("0.004"),
  inputTokens: 900,
  cacheReadTokens: 100,
  cacheWriteTokens: 0,
  outputTokens: 200,
  raw: rawOf([
    answerOf([
      { path: "BTC/USDT.1h.close", value: 100.2 },
      { path: "BTC/USDT.1h.rsi14", value: 70 },
      { path: "BTC/USDT.funding", value: 0 },
      { path: "BTC/USDT.moon", value: "full" },
    ]),
    { pair: "DOGE/USDT", action: "hold" },
  ]),
  stopReason: "tool_use",
  requestId: "req_1",
  tries: 1,
  latencyMs: 1200,
  verdict: null,
  askedAt: new Date("2026-11-28T10:00:00Z"),
  endsBy: new Date("2026-11-28T10:01:00Z"),
  answeredAt: new Date("2026-11-28T10:00:01Z"),
  ...given,
});

describe("a call of a model as its page shows it", () => {
  it("has each citation beside what the model was told, and what code found of it", () => {
    const [first, second] = toCallView(row()).pairs;
    expect(first?.proposal).toMatchObject({
      action: "open_long",
      thesis: "it rises",
      stop: "95",
      target: "112.5",
      invalidation: ["2 closes in a row below 96"],
    });
    expect(first?.proposal?.citations).toEqual([
      { path: "BTC/USDT.1h.close", label: "last close on 1h", cited: "100.2", told: "100 USDT", verdict: "grounded" },
      { path: "BTC/USDT.1h.rsi14", label: "RSI(14)", cited: "70", told: "55 of 100", verdict: "differs" },
      { path: "BTC/USDT.funding", label: "funding of 8 hours", cited: "0", told: null, verdict: "missing-value" },
      { path: "BTC/USDT.moon", label: null, cited: "full", told: null, verdict: "unknown-path" },
    ]);
    expect(second).toEqual({ pair: "ETH/USDT", proposal: null, fault: "the model did not answer about it" });
  });

  it("names pairs that nobody asked about, and the day since which its price holds", () => {
    const view = toCallView(row());
    expect(view.ignored).toEqual(["DOGE/USDT"]);
    expect(view.pricedSince).toEqual(new Date("2026-10-07"));
    expect(view).toMatchObject({ providerTitle: "Anthropic", isSimulated: false, cost: "0.004", reserve: "0.05" });
    expect(view.tokens).toEqual({ input: 900, cacheRead: 100, cacheWrite: 0, output: 200 });
  });

  it("of a scripted model says that it is simulated, and has no day of a price that nobody asks", () => {
    const view = toCallView(row({ provider: "scripted", model: "scripted-trader-1" }));
    expect(view).toMatchObject({ isSimulated: true, pricedSince: null });
  });

  it("whose reply is prose says why nothing of it can be used", () => {
    const raw = JSON.stringify({ stop_reason: "end_turn", content: [{ type: "text", text: "Buy!" }] });
    expect(toCallView(row({ raw }))).toMatchObject({ pairs: [], fault: expect.stringContaining("prose") });
  });

  it("whose reply was lost has no answers, and its reason", () => {
    const lost = {
      raw: null,
      servedModel: null,
      state: "lost",
      fault: "lost-time",
      reason: "No answer in time.",
    } as const;
    expect(toCallView(row(lost))).toMatchObject({
      state: "lost",
      pairs: [],
      fault: null,
      reason: "No answer in time.",
    });
  });

  it("shows what an unknown version stored as far as it can, and throws for nothing", () => {
    const odd = [
      row({ prompt: {}, facts: {} }),
      row({ prompt: "x", facts: null, raw: "<html>" }),
      row({ provider: "gone", raw: "{}" }),
      row({ raw: "null", inputTokens: null }),
    ];
    for (const each of odd) {
      expect(cycleModelSchema.safeParse({ calls: [toCallView(each)], held: null }).error).toBeUndefined();
    }
    expect(toCallView(row({ inputTokens: null })).tokens).toBeNull();
  });

  it("has the whole prompt, and whose words each part is", () => {
    expect(toCallView(row()).prompt.map(({ whose, text }) => [whose, text.slice(0, 8)])).toEqual([
      ["ours", "frame"],
      ["trader", "strategy"],
      ["data", "data"],
      ["ours", '{\n  "nam'],
    ]);
  });
});
