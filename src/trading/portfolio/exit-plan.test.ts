import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../market/duration";
import { decimal } from "../money";
import { exitPlanSchema, noteAddition, planExit, planRest, planWholeExit } from "./exit-plan";
import { exitTermsSchema, hasExitTerms, mergeExitTerms, NO_EXIT_TERMS, type ExitTerms } from "./exit-terms";

const FIRST = {
  version: 1,
  stopLoss: "95",
  takeProfit: "110.25",
  trailLevel: null,
  remainingLegs: [],
  filledTargets: [],
};
const PLAN = {
  ...FIRST,
  version: 2,
  stopBy: "stop-loss",
  best: null,
  breakEven: null,
  trail: null,
  timeExitAt: null,
  conditions: [],
  pending: null,
  closeOrderedAt: null,
  stopOrdered: null,
  exitsOrdered: null,
  partsTaken: [],
  entryLegs: [],
  enteredLegs: [],
  droppedLegs: [],
  added: 0,
  addition: null,
};
const LEG = { target: "110", quantity: "0.5" };

const opened = {
  side: "long" as const,
  entryPrice: decimal(200),
  quantity: decimal("1.5"),
  openedAt: 7 * HOUR_MS,
  stopLoss: decimal(190),
  takeProfit: decimal(240),
};
const STEPS = { tick: "0.1", lot: "0.01" };
const terms = (part: unknown): ExitTerms => exitTermsSchema.parse(part);

describe("an exit plan", () => {
  it("of a whole position has its stop and target as plain decimal text, and no parts", () => {
    expect(planWholeExit({ stopLoss: decimal(95), takeProfit: decimal("110.25") })).toEqual(PLAN);
    expect(planWholeExit({ stopLoss: decimal("1e-7"), takeProfit: null }).stopLoss).toBe("0.0000001");
    expect(planWholeExit({ stopLoss: null, takeProfit: null })).toEqual({ ...PLAN, stopLoss: null, takeProfit: null });
    const whole = planWholeExit({ stopLoss: decimal(190), takeProfit: decimal(240) });
    expect(planExit(opened, null, STEPS)).toEqual(whole);
    expect(planExit(opened, NO_EXIT_TERMS, STEPS)).toEqual(whole);
  });

  it("is read as it was stored", () => {
    const stored = { ...PLAN, stopLoss: "0.0000001", remainingLegs: [LEG], filledTargets: [LEG, LEG] };
    expect(exitPlanSchema.parse(stored)).toEqual(stored);
  });

  it("of the first version is read as one without more exits, its parts and trail kept", () => {
    expect(exitPlanSchema.parse(FIRST)).toEqual(PLAN);
    const trailed = { trailLevel: "99", remainingLegs: [LEG], filledTargets: [LEG] };
    expect(exitPlanSchema.parse({ ...FIRST, ...trailed })).toEqual({ ...PLAN, ...trailed });
  });

  it("has prices at gains from its entry, on the tick and on the position's side", () => {
    const asked = terms({
      breakEven: { fromFraction: 0.0123, lockFraction: 0.001 },
      trailing: { by: "percent", distanceFraction: 0.02, fromFraction: 0.05 },
      timeExitMinutes: 90,
    });
    const long = planExit(opened, asked, STEPS);
    expect(long.breakEven).toEqual({ at: "202.5", level: "200.2" });
    expect(long.trail).toEqual({ by: "percent", distance: 0.02, from: "210" });
    expect(long.timeExitAt).toBe(7 * HOUR_MS + 90 * MINUTE_MS);
    const short = planExit({ ...opened, side: "short" }, asked, STEPS);
    expect(short.breakEven).toEqual({ at: "197.5", level: "199.8" });
    expect(short.trail).toMatchObject({ from: "190" });
  });

  it("trails at once where no gain is waited for, and waits for a time where its idea has one", () => {
    const asked = terms({
      trailing: { by: "atr", multiple: 3 },
      invalidation: [
        { on: "close", operator: "<", price: "180", candles: 2 },
        { on: "time", minutes: 60, unlessPrice: "201" },
      ],
    });
    const plan = planExit(opened, asked, STEPS);
    expect(plan.trail).toEqual({ by: "atr", multiple: 3, from: null });
    expect(plan.conditions).toEqual([
      { on: "close", operator: "<", price: "180", candles: 2, seen: 0 },
      { on: "time", at: 8 * HOUR_MS, unlessPrice: "201" },
    ]);
    expect(planExit(opened, terms({ trailing: { by: "supertrend" } }), STEPS).trail).toEqual({
      by: "supertrend",
      from: null,
    });
  });

  it("has parts in whole lots that are never more than the position; a part below a lot stays with the rest", () => {
    const asked = terms({
      targets: [
        { atFraction: 0.01, share: 0.333 },
        { atFraction: 0.02, share: 0.002 },
        { atFraction: 0.05, share: 0.5 },
      ],
    });
    const { remainingLegs } = planExit(opened, asked, STEPS);
    expect(remainingLegs).toEqual([
      { target: "202", quantity: "0.49", share: 0.333 },
      { target: "210", quantity: "0.75", share: 0.5 },
    ]);
    expect(planExit({ ...opened, quantity: decimal("0.01") }, asked, STEPS).remainingLegs).toEqual([]);
  });

  it("of the rest trails by what the close of a part says, and remembers why that was", () => {
    const plan = planExit(opened, terms({ trailing: { by: "supertrend" } }), STEPS);
    const trailing = terms({ trailing: { by: "percent", distanceFraction: 0.03 } });
    const rest = planRest(plan, opened, { reason: "exit-overbought", terms: trailing, tick: "0.1" });
    expect(rest.trail).toEqual({ by: "percent", distance: 0.03, from: null });
    expect(rest.partsTaken).toEqual(["exit-overbought"]);
    const kept = planRest(rest, opened, { reason: "exit-other", terms: null, tick: "0.1" });
    expect(kept).toEqual({ ...rest, partsTaken: ["exit-overbought", "exit-other"] });
    expect(planRest(kept, opened, { reason: "exit-other", terms: null, tick: "0.1" })).toEqual(kept);
  });

  it("of a position of which a mode closed a part has no more legs to enter", () => {
    const plan = { ...planWholeExit(opened), entryLegs: [{ price: "195", quantity: "1", fee: "0.1" }] };
    expect(planRest(plan, opened, { reason: "exit-other", terms: null, tick: "0.1" }).entryLegs).toEqual([]);
  });

  it("from before there were legs, additions and orders of its trader is read as one without", () => {
    const {
      closeOrderedAt: _ordered,
      stopOrdered: _stop,
      exitsOrdered: _exits,
      entryLegs: _later,
      enteredLegs: _entered,
      droppedLegs: _dropped,
      added: _times,
      addition: _last,
      ...before
    } = PLAN;
    expect(exitPlanSchema.parse(before)).toEqual(PLAN);
  });

  it("of a position that was added to remembers how often, and when it last grew from what", () => {
    const added = noteAddition(planWholeExit(opened), { at: 7, from: decimal("1.5"), to: decimal("2.25") });
    expect(added).toEqual({ ...planWholeExit(opened), added: 1, addition: { at: 7, from: "1.5", to: "2.25" } });
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
    ["another version", { ...PLAN, version: 3 }],
    ["nothing", null],
  ])("refuses %s", (_, stored) => {
    expect(exitPlanSchema.safeParse(stored).success).toBe(false);
  });
});

describe("exit terms", () => {
  it.each([
    ["a break-even that locks in more than was gained", { breakEven: { fromFraction: 0.01, lockFraction: 0.02 } }],
    [
      "targets that do not ascend",
      {
        targets: [
          { atFraction: 0.02, share: 0.3 },
          { atFraction: 0.02, share: 0.3 },
        ],
      },
    ],
    [
      "parts of more than the whole",
      {
        targets: [
          { atFraction: 0.02, share: 0.6 },
          { atFraction: 0.03, share: 0.6 },
        ],
      },
    ],
    ["a trail without distance", { trailing: { by: "percent", distanceFraction: 0 } }],
    ["a time exit of no time", { timeExitMinutes: 0 }],
  ])("refuse %s", (_, asked) => {
    expect(exitTermsSchema.safeParse(asked).success).toBe(false);
  });

  it.each([
    ["none", {}, false],
    ["break-even", { breakEven: { fromFraction: 0.01 } }, true],
    ["a trail", { trailing: { by: "supertrend" } }, true],
    ["a time exit", { timeExitMinutes: 1 }, true],
    ["a part's target", { targets: [{ atFraction: 0.1, share: 0.5 }] }, true],
    ["an invalidation", { invalidation: [{ on: "close", operator: "<", price: "1" }] }, true],
  ])("say whether there is any: %s", (_, asked, any) => {
    expect(hasExitTerms(terms(asked))).toBe(any);
  });

  it("of the settings come before those of the mode, one by one", () => {
    const wanted = terms({
      breakEven: { fromFraction: 0.01 },
      timeExitMinutes: 60,
      invalidation: [{ on: "close", operator: "<", price: "1" }],
    });
    const settings = terms({ timeExitMinutes: 30, targets: [{ atFraction: 0.1, share: 0.5 }] });
    const merged = mergeExitTerms(settings, wanted);
    expect(merged).toEqual({ ...wanted, timeExitMinutes: 30, targets: settings.targets });
  });
});
