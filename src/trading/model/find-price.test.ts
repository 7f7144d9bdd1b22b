import { expect, it } from "vitest";
import { findModel } from "./find-model";
import { findPrice } from "./find-price";

const sonnet = findModel("anthropic", "claude-sonnet-5-5");
const CUT = Date.parse("2026-10-07T00:00:00Z");

it("a price holds from its first instant on, and not before", () => {
  const readAt = (at: number): string | undefined => {
    const found = findPrice(sonnet, at);
    return found.outcome === "priced" ? found.price.bands[0]?.rates.cacheRead?.toFixed() : found.reason;
  };
  expect([readAt(CUT - 1), readAt(CUT), readAt(CUT + 1)]).toEqual(["0.2", "0.1", "0.1"]);
});

it("the newest price holds in whatever order they stand", () => {
  const turned = { ...sonnet, prices: sonnet.prices.toReversed() };
  expect(findPrice(turned, CUT)).toEqual(findPrice(sonnet, CUT));
});

it("without a price, or before the first, a model is refused with the reason", () => {
  expect(findPrice(findModel("openrouter", "some/model"), CUT)).toEqual({
    outcome: "refused",
    reason: "No price is known for some/model, so what it costs cannot be limited.",
  });
  expect(findPrice(sonnet, Date.parse("2026-09-27"))).toMatchObject({
    outcome: "refused",
    reason: expect.stringContaining("older than the first known one"),
  });
});
