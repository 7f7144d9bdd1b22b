import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { newUser } from "../testing/asking-bots";
import { setModelBudget } from "./set-model-budget";

let runtime: Runtime;
openBed((opened) => ({ runtime } = opened));

it("a budget that is set is audited with what it was before, as its user's doing", async () => {
  const [userId, other] = [await newUser(runtime), await newUser(runtime)];
  await setModelBudget(runtime, { userId: other, budgetPerDay: "9" });
  await setModelBudget(runtime, { userId, budgetPerDay: "2.50" });
  await setModelBudget(runtime, { userId, budgetPerDay: "0" });
  const audits = await runtime.db.auditEntry.findMany({ where: { actorId: userId }, orderBy: { id: "asc" } });
  expect(audits.map(({ action, subject, details }) => ({ action, subject, details }))).toEqual([
    { action: "model-budget-set", subject: `user:${userId}`, details: { before: null, after: "2.5" } },
    { action: "model-budget-set", subject: `user:${userId}`, details: { before: "2.5", after: "0" } },
  ]);
});
