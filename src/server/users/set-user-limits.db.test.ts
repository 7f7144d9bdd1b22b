import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture } from "../testing/books-fixture";
import { setUserLimits } from "./set-user-limits";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

it("what is named is set, what is not named stays, none ends it, and each change is audited in a chain", async () => {
  const { userId } = await createBooksFixture(runtime);
  const email = `${userId}@example.org`;
  const none = { gross: null, sameSide: null, dailyLoss: null, correlation: 0.8 };
  expect(await setUserLimits(runtime, { email, gross: "50000" })).toEqual({ ...none, gross: "50000" });
  const changed = await setUserLimits(runtime, { email, gross: "none", dailyLoss: "499.5", correlation: "0.7" });
  expect(changed).toEqual({ ...none, dailyLoss: "499.5", correlation: 0.7 });
  expect(await setUserLimits(runtime, { email })).toEqual(changed);
  const entries = await runtime.db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(entries.map(({ action, details }) => [action, details])).toEqual([
    ["set-user-limits", { grossNotionalMax: "50000" }],
    ["set-user-limits", { grossNotionalMax: null, dailyLossMax: "499.5", sameSideCorrelation: 0.7 }],
  ]);
  expect(entries[1]?.previousHash).toBe(entries[0]?.hash);
});

it.each([
  [{ gross: "0" }, /gross must be above 0/],
  [{ sameSide: "-5" }, /sameSide must be an amount/],
  [{ dailyLoss: "0.000000001" }, /dailyLoss must be an amount/],
  [{ correlation: "1.5" }, /correlation/],
  [{ email: "nobody@example.org", gross: "1" }, /No user has the e-mail nobody@example.org/],
])("refuses %j and changes nothing", async (wanted, says) => {
  const { userId } = await createBooksFixture(runtime);
  const before = await runtime.db.userRisk.findMany();
  await expect(setUserLimits(runtime, { email: `${userId}@example.org`, ...wanted })).rejects.toThrow(says);
  expect(await runtime.db.userRisk.findMany()).toEqual(before);
});
