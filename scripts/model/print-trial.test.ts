import { expect, it } from "vitest";
import type { ModelOutcome } from "../../src/trading/model/model-call";
import { findModel } from "../../src/trading/model/find-model";
import type { ModelPrice } from "../../src/trading/model/model-price";
import { reportTrial } from "./print-trial";

const facts = { requestId: null, tries: 1, latencyMs: 1234 };
const replied: ModelOutcome = {
  ...facts,
  outcome: "replied",
  reply: { raw: '{"stop_reason":"refusal","content":[]}', stopReason: "refusal", servedModel: "m", usage: null },
};
const priceOf = (model: ReturnType<typeof findModel>): ModelPrice => {
  const [price] = model.prices;
  if (!price) throw new Error("no price");
  return price;
};
const FLASH = priceOf(findModel("deepseek", "deepseek-flash"));
const KIMI = priceOf(findModel("moonshot", "kimi-k3"));
const usage = { inputTokens: 1000, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100 };

it("what is not known is said to be unknown", () => {
  const { lines, isPassed } = reportTrial(replied, FLASH);
  expect(isPassed).toBe(false);
  expect(lines).toEqual([
    "  served by  m",
    "  no answer  A bot would hold, since the model refused to answer.",
    "  tokens     unknown: the reply does not say",
    "  cost       unknown",
    "  time       1.23 s, 1 request",
  ]);
  const kept = { ...replied, reply: { ...replied.reply, usage: { ...usage, cacheWriteTokens: 1 } } };
  expect(reportTrial(kept, KIMI).lines).toContain("  cost       unknown");
});

it("a price that is the highest makes a cost that is the most", () => {
  const used = { ...replied, reply: { ...replied.reply, usage } };
  expect(reportTrial(used, FLASH).lines).toContain("  cost       at most $0.00042");
  expect(reportTrial(used, KIMI).lines).toContain("  cost       $0.0045");
});
