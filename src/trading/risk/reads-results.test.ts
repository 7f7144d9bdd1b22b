import { expect, it } from "vitest";
import { readsResults } from "./reads-results";
import { riskLimitsSchema } from "./risk-limits";
import { sizingSchema } from "./sizing/sizing-settings";

it.each<[what: string, risk: object, sizing: object, isRead: boolean]>([
  ["none of the rules and sizes that look back", {}, { method: "mode" }, false],
  ["a lock of pairs", { pairLockHours: 0.5 }, { method: "mode" }, true],
  ["a limit on the drawdown of trades", { tradesDrawdownMax: 0.01 }, { method: "mode" }, true],
  ["sizes by its Kelly share", {}, { method: "kelly" }, true],
  ["sizes by its risk", {}, { method: "risk-per-trade" }, false],
])("how trades ended is read for a bot with %s: %#", (_what, risk, sizing, isRead) => {
  expect(readsResults({ risk: riskLimitsSchema.parse(risk), sizing: sizingSchema.parse(sizing) })).toBe(isRead);
});
