import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { describeDca } from "./describe-dca";
import { describeExits } from "./describe-exits";
import { describePlan, describeStop } from "./describe-plan";
import { planExit, planWholeExit } from "./exit-plan";
import { exitTermsSchema } from "./exit-terms";

const opened = {
  side: "long" as const,
  entryPrice: decimal(20_000),
  quantity: decimal(2),
  openedAt: Date.UTC(2024, 0, 1, 9),
  stopLoss: decimal(19_000),
  takeProfit: decimal(22_000),
};
const plan = (terms: unknown) => planExit(opened, exitTermsSchema.parse(terms), { tick: "0.1", lot: "0.001" });

describe("an exit plan in words", () => {
  it.each([
    ["a whole exit", {}, []],
    [
      "break-even",
      { breakEven: { fromFraction: 0.02, lockFraction: 0.001 } },
      ["The stop goes to 20,020.0 once 20,400.0 is reached"],
    ],
    [
      "a trail by percent",
      { trailing: { by: "percent", distanceFraction: 0.015 } },
      ["The stop trails 1.5 % behind the best price"],
    ],
    [
      "a trail by ATR that waits",
      { trailing: { by: "atr", multiple: 3, fromFraction: 0.01 } },
      ["The stop trails 3 ATR14 behind each close once 20,200.0 is reached"],
    ],
    ["a trail on Supertrend", { trailing: { by: "supertrend" } }, ["The stop trails on Supertrend(10,3)"]],
    ["parts", { targets: [{ atFraction: 0.05, share: 0.25 }] }, ["0.5 leaves at 21,000.0"]],
    ["a time exit", { timeExitMinutes: 90 }, ["Closes at the first open from 2024-01-01 10:30 UTC on"]],
    [
      "what would prove it wrong",
      {
        invalidation: [
          { on: "close", operator: "<", price: "19500" },
          { on: "close", operator: ">", price: "23000", candles: 3 },
          { on: "time", minutes: 60, unlessPrice: "20100" },
        ],
      },
      [
        "Closes after a close below 19,500.0",
        "Closes after 3 closes in a row above 23,000.0",
        "Closes if 20,100.0 is not reached by 2024-01-01 10:00 UTC",
      ],
    ],
  ])("%s", (_case, terms, expected) => {
    expect(describePlan(plan(terms), 1)).toEqual(expected);
  });

  it("says which legs of its entry came, which are to come, and that it was added to", () => {
    const legAt = (price: string) => ({ price, quantity: "0.5", fee: "4.9" });
    const legs = { entryLegs: [legAt("19400")], enteredLegs: [legAt("19700")] };
    expect(describePlan({ ...planWholeExit(opened), ...legs, added: 1 }, 1)).toEqual([
      "0.5 more was entered at its leg 19,700.0",
      "0.5 more is entered at 19,400.0",
      "A later decision added to it",
    ]);
  });

  it("says where a stop was planned that was moved, what left, and what comes next", () => {
    const whole = planWholeExit(opened);
    const moved = {
      ...whole,
      stopBy: "trailing-stop" as const,
      filledTargets: [{ target: "21000", quantity: "0.5" }],
      pending: "invalidation" as const,
    };
    expect(describePlan(moved, 0)).toEqual([
      "The stop was planned at 19,000",
      "0.5 left at its target 21,000",
      "Its idea was proved wrong: it closes at the next open",
    ]);
    expect([describeStop(whole), describeStop(moved), describeStop({ stopBy: "break-even" })]).toEqual([
      "stop",
      "trailing stop",
      "break-even stop",
    ]);
  });
});

describe("what a trader ordered, in words", () => {
  it("says where the stop goes and that it leaves, and when, until it is closed", () => {
    const at = Date.UTC(2026, 0, 2, 3, 4);
    const ordered = { ...planWholeExit(opened), stopOrdered: { at, level: "19500" }, closeOrderedAt: at };
    expect(describePlan(ordered, 1)).toEqual([
      "The stop goes to 19,500.0 at the first open from 2026-01-02 03:04 UTC on",
      "It was ordered closed: it leaves at the first open from 2026-01-02 03:04 UTC on",
    ]);
    expect(describePlan(ordered, 1, true)).toEqual([]);
  });
});

describe("an entry in legs in words", () => {
  it("says what was entered, and what is entered where", () => {
    const [near, far] = [19_800, 19_500].map((price) => ({ price: String(price), quantity: "0.25", fee: "5" }));
    const entered = { ...planWholeExit(opened), enteredLegs: near ? [near] : [], entryLegs: far ? [far] : [] };
    expect(describePlan(entered, 0)).toEqual([
      "0.25 more was entered at its leg 19,800",
      "0.25 more is entered at 19,500",
    ]);
  });

  it("says what its settings enter at once and what later, and nothing of one order", () => {
    const legs = [
      { againstFraction: 0.015, share: 0.7 },
      { againstFraction: 0.025, share: 0.1 },
    ];
    expect(describeDca({ legs }).map(({ text }) => text)).toEqual([
      "Enters 20 % at once and more when the price goes against it: 70 % at 1.5 %, 10 % at 2.5 %",
    ]);
    expect(describeDca({ legs: [] })).toEqual([]);
  });
});

describe("exit settings in words", () => {
  it("say each that is set, and nothing of the others", () => {
    const lines = (settings: unknown) => describeExits(exitTermsSchema.parse(settings)).map(({ text }) => text);
    expect(lines({})).toEqual([]);
    expect(
      lines({
        breakEven: { fromFraction: 0.02, lockFraction: 0.001 },
        trailing: { by: "percent", distanceFraction: 0.01, fromFraction: 0.03 },
        timeExitMinutes: 1440,
        targets: [{ atFraction: 0.04, share: 0.5 }],
      }),
    ).toEqual([
      "Moves the stop to the entry plus 0.1 % once 2 % up",
      "Trails the stop 1 % behind the best price, once 3 % up",
      "Takes profit in parts: 50 % at 4 %; the rest at its target",
      "Closes what is open 1 d after its entry",
    ]);
    expect(lines({ trailing: { by: "atr", multiple: 2.5 } })).toEqual([
      "Trails the stop 2.5 ATR14 behind each close, from the entry on",
    ]);
    expect(lines({ trailing: { by: "supertrend" } })).toEqual([
      "Trails the stop on Supertrend(10,3), from the entry on",
    ]);
  });
});
