import { expect, it } from "vitest";
import { customSettingsSchema } from "./custom-settings";
import { costFaults } from "./rule-cost";
import { setup } from "./testing/small-rules";

const nested = (levels: number, holds: unknown): unknown =>
  levels === 0 ? holds : { forCandles: 100, holds: nested(levels - 1, holds) };
const leaf = { left: "close", is: "<", right: 1e6 };
const rulesOf = (when: unknown) => customSettingsSchema.parse({ long: { setups: [setup("one", when)] } });
const faultsOf = (when: unknown) =>
  costFaults(rulesOf(when)).map(({ path, message }) => `${path.join(".")}: ${message}`);

it("refuses few rules that nest into millions of looks, and says which condition is dear", () => {
  const four = { all: Array.from({ length: 4 }, () => nested(4, leaf)) };
  expect(faultsOf(four)).toEqual([
    expect.stringMatching(/^: rules take at most 200000 looks a candle, these \d+: the dearest is long "one-if" with/),
  ]);
});

it("allows the same nested less", () => {
  expect(faultsOf({ all: [nested(2, leaf), nested(2, leaf)] })).toEqual([]);
});

it("refuses a look-back over all levels beyond the window, and says where and how far", () => {
  const right = { indicator: "price", output: "close", ago: 10 };
  const when = nested(5, { left: { sum: [1, 2] }, is: "<", right });
  const { error } = customSettingsSchema.safeParse({ long: { setups: [setup("one", when)] } });
  expect(error?.issues).toContainEqual(
    expect.objectContaining({
      path: ["long"],
      message: expect.stringContaining('"one-if" looks at 506 candles') as string,
    }),
  );
});
