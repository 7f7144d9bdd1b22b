import fc from "fast-check";
import { expect, it } from "vitest";
import { costAtMost } from "./cost-at-most";
import { costOf } from "./cost-of";
import { MODEL_CATALOGUE } from "./model-catalogue";
import type { ModelRequest } from "./model-call";
import { priceFrom, ratesOf } from "./model-price";

const request = (change: Partial<ModelRequest> = {}): ModelRequest => ({
  system: "",
  blocks: [],
  tool: { name: "t", description: "", inputSchema: { type: "object" } },
  outputTokensMax: 100,
  ...change,
});
/** {"name":"t","description":"","inputSchema":{"type":"object"}} */
const TOOL_BYTES = 61;

it("is every byte at the dearest rate and the longest reply", () => {
  const price = priceFrom("2026-01-01", ratesOf({ input: "2", output: "10", cacheRead: "0.2", cacheWrite: "2.5" }));
  // 1000 added, 61 of the tool, 3 of "€", 4 of "abcd": 1068 x 2.5 + 100 x 10 = 3670 millionths.
  expect(JSON.stringify(request().tool)).toHaveLength(TOOL_BYTES);
  expect(costAtMost(request({ system: "€", blocks: ["ab", "cd"] }), price)?.toFixed()).toBe("0.00367");
});

it("is unknown where a prompt of that length has no price", () => {
  const rates = ratesOf({ input: "2", output: "10" });
  const short = { validFrom: 0, isCeiling: false, bands: [{ promptTokensMax: 1000 + TOOL_BYTES, rates }] };
  expect(costAtMost(request(), short)?.toFixed()).toBe("0.003122");
  expect(costAtMost(request({ system: "a" }), short)).toBeNull();
});

it("no reply to the request costs more, whatever it used, at any price of the catalogue", () => {
  const prices = MODEL_CATALOGUE.flatMap((model) => model.prices);
  const share = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(
      fc.record({
        price: fc.constantFrom(...prices),
        length: fc.integer({ min: 0, max: 300_000 }),
        shares: fc.tuple(share, share, share, share),
      }),
      ({ price, length, shares: [input, read, write, output] }) => {
        const asked = request({ system: "x".repeat(length) });
        const most = length + 1000 + TOOL_BYTES;
        const parts = Math.max(1, input + read + write);
        const usage = {
          inputTokens: Math.floor((most * input) / parts),
          cacheReadTokens: Math.floor((most * read) / parts),
          cacheWriteTokens: Math.floor((most * write) / parts),
          outputTokens: output,
        };
        const [cost, limit] = [costOf(usage, price), costAtMost(asked, price)];
        expect(limit).not.toBeNull();
        expect(cost === null || cost.lte(limit ?? -1)).toBe(true);
      },
    ),
  );
});
