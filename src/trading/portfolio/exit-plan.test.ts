import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { exitPlanSchema, planExit } from "./exit-plan";

const PLAN = {
  version: 1,
  stopLoss: "95",
  takeProfit: "110.25",
  trailLevel: null,
  remainingLegs: [],
  filledTargets: [],
};
const LEG = { target: "110", quantity: "0.5" };

describe("an exit plan", () => {
  it("of a whole position has its stop and target as plain decimal text, and no parts", () => {
    expect(planExit({ stopLoss: decimal(95), takeProfit: decimal("110.25") })).toEqual(PLAN);
    expect(planExit({ stopLoss: decimal("1e-7"), takeProfit: null }).stopLoss).toBe("0.0000001");
    expect(planExit({ stopLoss: null, takeProfit: null })).toEqual({ ...PLAN, stopLoss: null, takeProfit: null });
    expect(exitPlanSchema.parse(planExit({ stopLoss: decimal(95), takeProfit: null }))).toBeDefined();
  });

  it("is read as it was stored", () => {
    const stored = { ...PLAN, stopLoss: "0.0000001", remainingLegs: [LEG], filledTargets: [LEG, LEG] };
    expect(exitPlanSchema.parse(stored)).toEqual(stored);
  });

  it.each(["", "x", "-1", "x1", "1x", "1.", ".5", "1e5", "1.x", "1.5x"])(
    "refuses %j as an amount, and says why",
    (text) => {
      const read = exitPlanSchema.safeParse({ ...PLAN, takeProfit: text });
      expect(read.error?.issues[0]?.message).toBe("an amount is plain decimal text");
    },
  );

  it.each([
    ["a field that nobody knows", { ...PLAN, later: 1 }],
    ["a part without its quantity", { ...PLAN, remainingLegs: [{ target: "110" }] }],
    ["another version", { ...PLAN, version: 2 }],
  ])("refuses %s", (_, stored) => {
    expect(exitPlanSchema.safeParse(stored).success).toBe(false);
  });
});
