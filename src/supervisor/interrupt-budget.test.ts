import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { hasInterruptBudget, OWN_BUDGET } from "./interrupt-budget";

it("is set only where V8 has one, whose own is what we take it to be", () => {
  const { stdout } = spawnSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  const [, own] = /default: --interrupt-budget=(\d+)/.exec(stdout) ?? [];
  expect(own).toBe(hasInterruptBudget(process.versions.v8) ? String(OWN_BUDGET) : undefined);
});

it.each([
  ["11.3.244.8-node.38", true],
  ["12.4.254.21-node.33", false],
  ["13.6.233.10-node.28", false],
])("of V8 %s is known to be there: %s", (version, isThere) => {
  expect(hasInterruptBudget(version)).toBe(isThere);
});
