import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionTimeframes } from "../decision/decide";
import { holdDecision } from "../decision/basis/decision";
import { NEWEST_MATCHING } from "../execution/matching";
import { lastCandles } from "../market/candle-range";
import { ZERO } from "../money";
import { firstFill } from "../portfolio/apply-fill";
import { buildPosition } from "../portfolio/testing/position-builder";
import { advanceBot } from "./advance-bot";
import type { BotState } from "./bot-state";
import { decideMarket } from "./decide-market";
import { lookAtBot, type BotLook, type RunReason } from "./look-at-bot";
import type { AskMode } from "./slot-market";
import { begin, createMarket, FIRST, settings, STEP } from "./testing/synthetic-trader";

const SLOTS = 60;
const seed = fc.integer({ min: 1, max: 10_000 });

const askAt =
  (time: number): AskMode =>
  ({ market: { rules, candles }, position, settings: asked, mayAdd }) => {
    const series = decisionTimeframes(asked).map((wanted) => candles(lastCandles({ ...wanted, closedBy: time })));
    return decideMarket({ pair: rules.pair, time, settings: asked, series, held: position, mayAdd, wasHeld: false });
  };

type Slot = { readonly before: BotState; readonly look: BotLook; readonly advanced: ReturnType<typeof advanceBot> };

/** One market in two is lived in by a bot that is matched by version 2, and so pays funding. */
const settingsFor = (drawn: number) => (drawn % 2 === 0 ? settings : { ...settings, matching: NEWEST_MATCHING });

const lookAll = (drawn: number): Slot[] => {
  const market = createMarket(drawn);
  const slots: Slot[] = [];
  let state = begin();
  for (let time = FIRST; time < FIRST + SLOTS * STEP; time += STEP) {
    const slot = { time, settings: settingsFor(drawn) };
    const advanced = advanceBot(state, slot, market(time));
    slots.push({ before: state, look: lookAtBot(state, slot, { ...market(time), ask: askAt(time) }), advanced });
    ({ state } = advanced);
  }
  return slots;
};

describe("a look at a bot", () => {
  it("is quiet only where the slot would hold, and then leaves positions, point and memory as the slot does", () => {
    let quiet = 0;
    fc.assert(
      fc.property(seed, (drawn) => {
        for (const { look, advanced } of lookAll(drawn)) {
          if (look.outcome !== "quiet") continue;
          quiet += 1;
          const { state, events } = advanced;
          const { orders, postings, trades, assessed } = events;
          expect({ orders, postings, trades, assessed }).toEqual({
            orders: [],
            postings: [],
            trades: [],
            assessed: [],
          });
          expect(look.positions).toEqual(state.positions);
          expect(look.decisions).toEqual(events.decisions);
          expect(look.point).toEqual(events.point);
          expect(look.memory).toEqual(state.equity);
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect(quiet).toBeGreaterThan(SLOTS);
  });

  it("asks for a run only where the slot opens, closes, is refused, or changes what the bot may do", () => {
    const reasons = new Set<RunReason>();
    fc.assert(
      fc.property(seed, (drawn) => {
        for (const { before, look, advanced } of lookAll(drawn)) {
          if (look.outcome !== "run") continue;
          reasons.add(look.reason);
          const { trades, assessed, postings } = advanced.events;
          const isChanged = before.tradingState !== advanced.state.tradingState;
          const isFunded = postings.some(({ id }) => id.startsWith("funding:"));
          expect(trades.length + assessed.length > 0 || isChanged || isFunded).toBe(true);
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect(reasons).toContain("decision");
    expect(reasons).toContain("exit");
    expect(reasons).toContain("funding");
  });

  it("leaves a leg that was reached to a run, and one of a bot that only reduces to nobody", () => {
    const time = FIRST + STEP;
    const position = buildPosition({
      pair: "A/USDT",
      openedAt: FIRST,
      settledThrough: FIRST,
      stopLoss: null,
      takeProfit: null,
    });
    const fill = { price: position.entryPrice, quantity: position.quantity, fee: ZERO, slippage: ZERO };
    const exitPlan = { ...position.exitPlan, entryLegs: [{ price: "1000000", quantity: "1", fee: "0" }] };
    const held = { ...position, exitPlan, openedBy: settings, past: firstFill(fill) };
    const look = (tradingState: BotState["tradingState"]): BotLook =>
      lookAtBot(
        { ...begin(), positions: [held], tradingState },
        { time, settings },
        {
          ...createMarket(3)(time),
          ask: () => holdDecision("A/USDT", { code: "no-setup", text: "nothing is set up" }),
        },
      );
    expect(look("active")).toEqual({ outcome: "run", reason: "entry" });
    expect(look("reducing")).toMatchObject({ positions: [{ exitPlan: { entryLegs: [] } }] });
  });

  it("leaves a halted bot and a control with levels to a run", () => {
    const market = createMarket(3)(FIRST);
    const look = (state: BotState): BotLook =>
      lookAtBot(state, { time: FIRST, settings }, { ...market, ask: askAt(FIRST) });
    expect(look({ ...begin(), tradingState: "halted" })).toEqual({ outcome: "run", reason: "halted" });
  });
});
