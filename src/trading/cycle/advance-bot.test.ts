import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { feeOf } from "../execution/fees";
import { NEWEST_MATCHING } from "../execution/matching";
import { decimal, sumOf } from "../money";
import { addLines } from "../portfolio/ledger";
import { unrealizedPnl } from "../portfolio/position";
import { advanceBot, type SlotEvents } from "./advance-bot";
import type { BotState } from "./bot-state";
import { settleBot } from "./settle-bot";
import { begin, createMarket, FIRST, settings, STEP, type Market } from "./testing/synthetic-trader";

type Lived = { readonly states: readonly BotState[]; readonly events: readonly SlotEvents[] };
type Look = (state: BotState, time: number) => BotState;
type How = { readonly look?: Look; readonly by?: typeof settings };
/** Runs the bot over this many slots and calls `look` between them. */
const live = (market: Market, slots: number, { look = (state) => state, by = settings }: How = {}): Lived => {
  const states: BotState[] = [];
  const events: SlotEvents[] = [];
  let state = begin();
  for (let time = FIRST; time < FIRST + slots * STEP; time += STEP) {
    const advanced = advanceBot(state, { time, settings: by }, market(time));
    state = look(advanced.state, time);
    states.push(advanced.state);
    events.push(advanced.events);
  }
  return { states, events };
};

const SEEDS = { numRuns: 6, endOnFailure: true };
const seed = fc.integer({ min: 1, max: 10_000 });

describe("a bot that is advanced slot by slot", () => {
  it("has books that balance, and equity that is cash + margin + unrealised, after every slot", () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const { states, events } = live(createMarket(drawn), 40);
        let { balances } = begin();
        for (const [index, state] of states.entries()) {
          const { postings, point } = events[index] ?? { postings: [], point: null };
          for (const { lines } of postings) expect(sumOf(lines.map(({ amount }) => amount)).isZero()).toBe(true);
          balances = postings.reduce((held, { lines }) => addLines(held, lines), balances);
          expect(state.balances).toEqual(balances);
          const margin = sumOf(state.positions.map((position) => position.margin));
          expect(state.balances.margin).toEqual(margin);
          const unrealized = sumOf(state.positions.map(unrealizedPnl));
          expect(point?.equity).toEqual(balances.cash.plus(margin).plus(unrealized));
        }
      }),
      SEEDS,
    );
  });

  it("pays the fee of its own venue at every fill, by its wish as by its stop", () => {
    const { events, states } = live(createMarket(7, "0.002"), 40);
    const fills = events.flatMap((slot) => slot.fills.map(({ fill }) => fill));
    expect(fills.length).toBeGreaterThan(4);
    for (const { price, quantity, fee } of fills) expect(fee).toEqual(feeOf(price, quantity, decimal("0.002")));
    const cheap = live(createMarket(7, "0"), 40);
    expect(cheap.states.at(-1)?.balances.cash.gt(states.at(-1)?.balances.cash ?? 0)).toBe(true);
  });

  it("trades alike however often somebody settles it between its slots", () => {
    const looks = fc.array(fc.integer({ min: 0, max: STEP }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(seed, looks, (drawn, delays) => {
        const market = createMarket(drawn);
        const look: Look = (state, time) => {
          const at = time + (delays[(time - FIRST) / STEP] ?? 0);
          return settleBot(state, { time: at }, market(time)).state;
        };
        const looked = live(market, 40, { look });
        const alone = live(market, 40);
        expect(looked.states).toEqual(alone.states);
        expect(looked.events.flatMap(({ orders }) => orders)).toEqual(alone.events.flatMap(({ orders }) => orders));
        expect(looked.events.map(({ point }) => point)).toEqual(alone.events.map(({ point }) => point));
      }),
      SEEDS,
    );
  });

  it("goes on from a kept state as if it had never stopped", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 29 }), (drawn, split) => {
        const whole = live(createMarket(drawn), 30).states;
        const market = createMarket(drawn);
        let state = whole[split - 1] ?? begin();
        for (const expected of whole.slice(split)) {
          const time = (state.lastDoneSlot ?? FIRST) + STEP;
          state = advanceBot(state, { time, settings }, market(time)).state;
          expect(state).toEqual(expected);
        }
      }),
      SEEDS,
    );
  });
});

describe("a bot that enters in legs, adds to positions and leaves in parts", () => {
  const by = botSettingsSchema.parse({
    ...settings,
    matching: NEWEST_MATCHING,
    decision: { preset: "original", stopLossFraction: 0.03, takeProfitFraction: 0.08, leverage: 3 },
    dca: {
      legs: [
        { againstFraction: 0.004, share: 0.25 },
        { againstFraction: 0.011, share: 0.25 },
      ],
    },
    exits: {
      breakEven: { fromFraction: 0.004, lockFraction: 0.002 },
      trailing: { by: "atr", multiple: 3, fromFraction: 0.02 },
      targets: [{ atFraction: 0.012, share: 0.4 }],
    },
    risk: { ...settings.risk, drawdownMax: 0.5, rewardToRiskMin: 0.5, pyramidingMarginMax: 0.05 },
  });

  it("has its stop before the mark, but where the last candle moved it, and its legs between; however often it is settled", () => {
    const seen = { legs: 0, entered: 0, added: 0, parts: 0 };
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: STEP }), (drawn, delay) => {
        const market = createMarket(drawn);
        const { states } = live(market, 60, { by });
        const look: Look = (state, time) => settleBot(state, { time: time + delay }, market(time)).state;
        expect(live(market, 60, { by, look }).states).toEqual(states);
        const positions = states.flatMap((state) => state.positions);
        for (const { exitPlan } of positions) {
          seen.legs += exitPlan.entryLegs.length;
          seen.entered += exitPlan.enteredLegs.length;
          seen.added += exitPlan.added;
          seen.parts += exitPlan.filledTargets.length;
        }
        const unmoved = positions.filter(({ exitPlan, markedAt }) => exitPlan.stopMovedAt !== markedAt);
        for (const { side, stopLoss, mark, exitPlan } of unmoved) {
          const legs = exitPlan.entryLegs.map(({ price }) => price).toReversed();
          const levels = [stopLoss, ...legs, mark].map(Number);
          const ascending = side === "long" ? levels : levels.toReversed();
          expect(ascending).toEqual(ascending.toSorted((one, other) => one - other));
        }
      }),
      SEEDS,
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(20);
  });
});

describe("a bot in a market that goes against it", () => {
  const market = createMarket(1);
  const { states, events } = live(market, 58);

  it("decides only where a decision candle closed since its last slot", () => {
    expect(events.map(({ decisions }) => decisions.length)).toEqual(events.map((_, index) => (index % 2 ? 0 : 2)));
  });

  it("is told once a peak of its drawdown, enters nothing from then on, and still leaves", () => {
    const told = events.flatMap(({ alert }, index) => (alert ? [[alert.kind, index] as const] : []));
    expect(told.map(([kind]) => kind)).toEqual(["near", "reached"]);
    const reached = told[1]?.[1] ?? 0;
    expect(states.slice(reached).every(({ tradingState }) => tradingState === "reducing")).toBe(true);
    const after = events.slice(reached + 1);
    expect(after.flatMap(({ orders }) => orders.filter(({ purpose }) => purpose === "entry"))).toEqual([]);
    expect(after.flatMap(({ trades }) => trades).length).toBeGreaterThan(0);
  });

  it("that is halted settles what it holds and does nothing else", () => {
    const open = states.findIndex(({ positions }) => positions.length > 0);
    let state: BotState = { ...(states[open] ?? begin()), tradingState: "halted" };
    const did: SlotEvents[] = [];
    for (let time = FIRST + (open + 1) * STEP; time < FIRST + 58 * STEP; time += STEP) {
      const advanced = advanceBot(state, { time, settings }, market(time));
      state = advanced.state;
      did.push(advanced.events);
    }
    expect(did.flatMap(({ trades }) => trades).length).toBeGreaterThan(0);
    expect(
      did.flatMap(({ decisions, orders, point, alert }) => [...decisions, ...orders, point ?? alert ?? []].flat()),
    ).toEqual([]);
    expect(state.positions).toEqual([]);
  });

  it("keeps no more than the gate looks back on", () => {
    const last = states.at(-1) ?? begin();
    const closed = events.flatMap(({ trades }) => trades);
    expect(last.past.trades.length).toBe(closed.length);
    expect(last.past.stops.length).toBeLessThan(closed.length);
    const time = FIRST + 200 * 86_400_000;
    const { state } = advanceBot(last, { time, settings }, market(time));
    // What ends next is numbered after it.
    expect(state.past).toEqual({ trades: last.past.trades.slice(-1), stops: [], entries: [], results: [] });
  });
});
