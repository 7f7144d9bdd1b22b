import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, sumOf, type Decimal } from "../money";
import { startBefore, timeWeightedReturn, type Flowed } from "../performance/time-weighted-return";
import { drawdownFraction } from "./equity";
import { rememberEquity, type EquityMemory } from "./equity-memory";
import { ALLOTMENT_MIN, refuseFlow, rememberFlow, returnableOf } from "./allotment-flow";

const DAY = 86_400_000;
const START = 19_700 * DAY;
const HOUR = DAY / 24;

const marked = (equity: number, peak = equity, at = START + HOUR): EquityMemory =>
  rememberEquity(null, { at, equity: decimal(equity), peak: decimal(peak) });
const told = ({ last, dayStart, dayLow }: EquityMemory) =>
  [last.equity, last.peak, dayStart, dayLow].map((amount) => amount?.toFixed() ?? null);

describe("equity after a flow", () => {
  it("that fell from 1,000 to 900 and gets 900 more is 10 % below its peak as before: 1,800 below 2,000", () => {
    const memory = rememberFlow(marked(900, 1000), {
      at: START + 2 * HOUR,
      before: decimal(900),
      amount: decimal(900),
    });
    expect(told(memory)).toEqual(["1800", "2000", null, "1800"]);
    expect(drawdownFraction(memory.last.equity, memory.last.peak).toFixed()).toBe("0.1");
  });

  it("that gives 450 back is so, too: 450 below 500", () => {
    const flow = { at: START + 2 * HOUR, before: decimal(900), amount: decimal(-450) };
    expect(told(rememberFlow(marked(900, 1000), flow))).toEqual(["450", "500", null, "450"]);
  });

  it("keeps what the day lost in money: 30 of 1,000 is 30 of 1,500", () => {
    const before = rememberEquity(marked(1000, 1000, START), {
      at: START + HOUR,
      equity: decimal(970),
      peak: decimal(1000),
    });
    const after = rememberFlow(before, { at: START + 2 * HOUR, before: decimal(970), amount: decimal(500) });
    expect([after.dayStart?.minus(after.dayLow).toFixed(), after.dayStart?.toFixed()]).toEqual(["30", "1500"]);
  });

  it("of a new day begins that day with what the last one ended with, and the flow", () => {
    const flow = { at: START + DAY + HOUR, before: decimal(880), amount: decimal(100) };
    expect(told(rememberFlow(marked(900, 1000), flow))).toEqual(["980", "1113.63636364", "1000", "980"]);
  });

  it("at a new high is its own peak", () => {
    const flow = { at: START + 2 * HOUR, before: decimal(1100), amount: decimal("0.00000001") };
    expect(told(rememberFlow(marked(900, 1000), flow)).slice(0, 2)).toEqual(["1100.00000001", "1100.00000001"]);
  });
});

type Step = { readonly grown: number; readonly flow: number };
/** Lives through steps: each slot equity grows by a share, then money flows, a share of equity. */
const live = (steps: readonly Step[], isFlowing: boolean) => {
  let equity = decimal(1000);
  let memory = rememberEquity(null, { at: START, equity, peak: equity });
  const flows: Flowed[] = [];
  const losses: Decimal[] = [];
  for (const [index, { grown, flow }] of steps.entries()) {
    const at = START + (index + 1) * HOUR;
    equity = equity.times(1 + grown / 100);
    const peak = equity.gt(memory.last.peak) ? equity : memory.last.peak;
    memory = rememberEquity(memory, { at, equity, peak });
    const lossOf = () => (memory.dayStart ?? decimal(0)).minus(memory.last.equity);
    const loss = lossOf();
    if (isFlowing && flow !== 0) {
      const amount = equity.times(flow).div(100);
      memory = rememberFlow(memory, { at: at + 1, before: equity, amount });
      losses.push(lossOf().minus(loss));
      equity = equity.plus(amount);
      flows.push({ at: at + 1, amount, after: equity });
    }
  }
  const allotment = sumOf([decimal(1000), ...flows.map(({ amount }) => amount)]);
  return {
    made: timeWeightedReturn(startBefore(allotment, flows), flows, equity).toNumber(),
    drawdown: drawdownFraction(equity, memory.last.peak).toNumber(),
    losses,
  };
};

it("any flows between marks leave the return as without them, and what the day lost in money as before each", () => {
  const steps = fc.array(
    fc.record({ grown: fc.integer({ min: -50, max: 100 }), flow: fc.integer({ min: -90, max: 300 }) }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (walk) => {
      const [flowing, still] = [live(walk, true), live(walk, false)];
      expect((1 + flowing.made) / (1 + still.made)).toBeCloseTo(1, 9);
      expect(flowing.losses.every((change) => change.abs().lt("1e-20"))).toBe(true);
    }),
  );
});

it("flows that keep a bot large leave its drawdown as without them to nine digits", () => {
  const steps = fc.array(
    fc.record({ grown: fc.integer({ min: -5, max: 5 }), flow: fc.integer({ min: -10, max: 15 }) }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (walk) => {
      expect(live(walk, true).drawdown).toBeCloseTo(live(walk, false).drawdown, 8);
    }),
  );
});

const long = (legs: readonly { price: string; quantity: string; fee: string }[] = []) => ({
  side: "long" as const,
  entryPrice: decimal(100),
  mark: decimal(95),
  quantity: decimal(2),
  leverage: decimal(2),
  exitPlan: { entryLegs: [...legs] } as never,
});
const books = (positions: readonly ReturnType<typeof long>[], cash = 900) => ({
  allotment: decimal(1000),
  balances: { cash: decimal(cash), margin: decimal(positions.length * 100) },
  positions,
  takerFeeRate: decimal("0.0005"),
});
const figures = (returnable: ReturnType<typeof returnableOf>) =>
  Object.fromEntries(Object.entries(returnable).map(([name, amount]) => [name, amount.toFixed()]));

describe("what can be taken back", () => {
  it("is cash, less what entry legs reserve, less the fees of closing, less what is lost in open positions", () => {
    // Reserved: 90 x 1 / 2 and 0.05. Closing 2 at 95 costs 0.095. Open: 2 x (95 - 100).
    expect(figures(returnableOf(books([long([{ price: "90", quantity: "1", fee: "0.05" }])])))).toEqual({
      most: "844.855",
      equity: "990",
      cash: "900",
      reserved: "45.05",
      exitFees: "0.095",
      openLoss: "10",
      kept: "0",
    });
  });

  it("is less than its allotment and its equity, of which a little stays; gains stay", () => {
    expect(figures(returnableOf(books([], 1500)))).toMatchObject({ most: "999", kept: "501" });
    expect(figures(returnableOf(books([], 800)))).toMatchObject({ most: "799", kept: "1" });
    expect(figures(returnableOf(books([], 0)))).toMatchObject({ most: "0", kept: "0" });
  });

  it("after which no more can be, and equity and allotment stay above nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.boolean(), (cash, isHolding) => {
        const before = books(isHolding ? [long()] : [], cash);
        const { most, equity } = returnableOf(before);
        const after = returnableOf({
          ...before,
          allotment: before.allotment.minus(most),
          balances: { ...before.balances, cash: before.balances.cash.minus(most) },
        });
        expect(after.most.toFixed()).toBe("0");
        expect(most.isZero() || after.equity.gte(ALLOTMENT_MIN)).toBe(true);
        expect(equity.minus(after.equity).eq(most)).toBe(true);
      }),
    );
  });
});

describe("a flow is refused", () => {
  const bot = { most: decimal(500), equity: decimal(900) };
  const of = (amount: number, changed: Partial<Parameters<typeof refuseFlow>[1] & { equity: Decimal }> = {}) => {
    const { equity = bot.equity, ...wanted } = changed;
    return refuseFlow(
      { ...bot, equity },
      { amount: decimal(amount), isEntering: false, free: decimal(100), ...wanted },
    );
  };
  it("where it is more than is free, or than is not needed", () => {
    expect([of(100), of(100.01), of(-500), of(-500.01)]).toEqual([null, "not-free", null, "needed"]);
  });
  it("back while an entry is on its way, but not to the bot", () => {
    expect([of(-1, { isEntering: true }), of(1, { isEntering: true })]).toEqual(["entering", null]);
  });
  it("where nothing is left", () => {
    expect([of(1, { equity: decimal(0) }), of(1, { equity: decimal(-1) })]).toEqual(["spent", "spent"]);
  });
});
