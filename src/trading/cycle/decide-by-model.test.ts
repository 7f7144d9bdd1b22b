import { describe, expect, it } from "vitest";
import { botSettingsSchema, type BotSettings } from "../bot-settings";
import type { ModelAnswers } from "../decision/asking/model-answers";
import { readAnswer } from "../decision/asking/read-answer";
import { readReplyBody } from "../decision/asking/read-reply-body";
import { scriptedReply } from "../decision/asking/testing/scripted-reply";
import { holdDecision } from "../decision/basis/decision";
import { HOUR_MS } from "../market/duration";
import { advanceBot, type AdvancedBot } from "./advance-bot";
import type { BotState } from "./bot-state";
import { lookAtBot } from "./look-at-bot";
import type { ModelQuestion } from "./model-question";
import type { AskMode, SlotMarkets } from "./slot-market";
import { modelSettings } from "./testing/model-fixture";
import { begin, createMarket, FIRST } from "./testing/synthetic-trader";

const SEED = 1;
const market = createMarket(SEED);
const settings = modelSettings();
const trinity = botSettingsSchema.parse({ pairs: ["A/USDT", "B/USDT"], intervalSeconds: 1800 });

const answer = (question: ModelQuestion): ModelAnswers => {
  const read = readAnswer(readReplyBody(scriptedReply(question.prompt.message)), question.pairs);
  if ("fault" in read) throw new Error(read.fault);
  return { facts: question.facts, pairs: read.pairs };
};

type Lived = AdvancedBot & { readonly time: number; readonly asked: readonly ModelQuestion[] };
type Living = {
  readonly hours: number;
  readonly stepMs?: number;
  readonly settingsAt?: (time: number) => BotSettings;
  readonly askModel?: SlotMarkets["askModel"];
};

/** Every slot of a bot, with what a model was asked there. */
const live = ({ hours, stepMs = 1_800_000, settingsAt = () => settings, askModel = answer }: Living): Lived[] => {
  const lived: Lived[] = [];
  let state: BotState = begin();
  for (let time = FIRST; time < FIRST + hours * HOUR_MS; time += stepMs) {
    const asked: ModelQuestion[] = [];
    const ask = (question: ModelQuestion): ModelAnswers => {
      asked.push(question);
      return askModel(question);
    };
    const advanced = advanceBot(state, { time, settings: settingsAt(time) }, { ...market(time), askModel: ask });
    ({ state } = advanced);
    lived.push({ ...advanced, time, asked });
  }
  return lived;
};

const never: AskMode = ({ market: { rules } }) =>
  holdDecision(rules.pair, { code: "not-asked", text: "no model was asked" });

const reasonsOf = (slots: readonly Lived[]): Set<string> =>
  new Set(slots.flatMap(({ events }) => events.decisions.map(({ decision }) => decision.reason.code)));

const DAY = live({ hours: 24 });
const ordered = DAY.flatMap(({ events }) => events.orders);
const openOf = DAY.find(({ state }) => state.positions.length > 0);
if (!openOf) throw new Error("the model opened nothing in a day");

describe("a bot whose model is asked", () => {
  it("asks once a slot for all its pairs, at the close of its candles, and trades what was answered and grounded", () => {
    const perSlot = DAY.map(({ asked }) => asked.length);
    expect(perSlot).toEqual(DAY.map((_, index) => (index % 2 === 0 ? 1 : 0)));
    expect(DAY[0]?.asked[0]?.pairs).toEqual(["A/USDT", "B/USDT"]);
    expect(new Set(ordered.map(({ purpose }) => purpose))).toEqual(new Set(["entry", "exit"]));
    expect(reasonsOf(DAY)).toContain("model-closes");
  });

  it("remembers what a position was opened for, and tells its model so", () => {
    const [position] = openOf.state.positions;
    expect(position?.thesis).toMatch(/^RSI14 is \d/);
    const later = DAY.find(({ time, asked }) => time > openOf.time && asked.length > 0);
    expect(later?.asked[0]?.prompt.message).toContain(
      `${position?.pair}.position.thesis | what it was opened for | "${position?.thesis}"`,
    );
  });

  it("asks every so many candles where its settings say so, and no less at one that was missed", () => {
    const settingsAt = () => modelSettings({ everyCandles: 4 });
    const times = (slots: readonly Lived[]) => slots.filter(({ asked }) => asked.length > 0).map(({ time }) => time);
    const every = times(live({ hours: 13, settingsAt }));
    expect(every.map((time) => (time - FIRST) / HOUR_MS)).toEqual([0, 4, 8, 12]);
    const rare = times(live({ hours: 24, stepMs: 5 * HOUR_MS, settingsAt }));
    expect(rare.map((time) => (time - FIRST) / HOUR_MS)).toEqual([0, 5, 10, 15, 20]);
  });

  it("trades the same however often its slots come", () => {
    // Through the last slot that all of them have.
    const end = FIRST + 23 * HOUR_MS;
    const summary = (slots: readonly Lived[]) => ({
      asked: slots.flatMap(({ asked }) => asked.map(({ prompt }) => prompt)),
      trades: slots.flatMap(({ events }) => events.trades.filter(({ exitedAt }) => exitedAt <= end)),
      entries: slots.flatMap(({ events }) => events.orders.filter(({ purpose }) => purpose === "entry")),
    });
    const often = live({ hours: 24, stepMs: 300_000, settingsAt: () => ({ ...settings, intervalSeconds: 300 }) });
    const rarely = live({ hours: 24, stepMs: HOUR_MS, settingsAt: () => ({ ...settings, intervalSeconds: 3600 }) });
    expect(summary(often)).toEqual(summary(rarely));
    expect(summary(rarely)).toEqual(summary(DAY));
  });

  it("holds and says why where nobody stands for a model, and where the whole question is held", () => {
    const { events, state } = advanceBot(begin(), { time: FIRST, settings }, market(FIRST));
    expect(events.decisions.map(({ decision }) => decision.reason)).toEqual([
      { code: "not-asked", text: "no model was asked" },
      { code: "not-asked", text: "no model was asked" },
    ]);
    expect(state.positions).toEqual([]);
    const heldBecause = { code: "model-busy", text: "the model is busy" };
    expect(reasonsOf(live({ hours: 2, askModel: () => ({ heldBecause }) }))).toEqual(new Set(["model-busy"]));
  });

  it("holds the pair that was not answered about, and trades the others", () => {
    const half = (question: ModelQuestion): ModelAnswers => {
      const whole = answer(question);
      if ("heldBecause" in whole) return whole;
      return { ...whole, pairs: new Map([...whole.pairs].filter(([pair]) => pair === "A/USDT")) };
    };
    const slots = live({ hours: 24, askModel: half });
    const pairs = slots.flatMap(({ events }) => events.orders.map(({ pair }) => pair));
    expect(new Set(pairs)).toEqual(new Set(["A/USDT"]));
    const others = slots.flatMap(({ events }) => events.decisions.filter(({ decision }) => decision.pair === "B/USDT"));
    expect(new Set(others.map(({ decision }) => decision.reason.code))).toEqual(new Set(["no-answer"]));
  });
});

describe("a bot that holds what a model opened", () => {
  const slot = openOf.time + HOUR_MS;
  const step = (of: BotSettings) => {
    let asked = 0;
    const askModel = (question: ModelQuestion): ModelAnswers => {
      asked += 1;
      return answer(question);
    };
    const advanced = advanceBot(openOf.state, { time: slot, settings: of }, { ...market(slot), askModel });
    return { ...advanced, asked };
  };

  it("asks none for it once its present mode is another: the position keeps its stop, target and conditions", () => {
    const { asked, events, state } = step(trinity);
    expect(asked).toBe(0);
    const [before] = openOf.state.positions;
    const decided = events.decisions.find(({ marketId }) => marketId === before?.marketId)?.decision;
    expect(decided).toMatchObject({ action: "hold", reason: { code: "not-asked" } });
    const after = state.positions.find(({ id }) => id === before?.id);
    expect(after).toMatchObject({ stopLoss: before?.stopLoss, takeProfit: before?.takeProfit, thesis: before?.thesis });
    expect(after?.exitPlan.conditions).toHaveLength(1);
  });

  it("asks by its present model about what an older version opened", () => {
    const { asked } = step(modelSettings({ strategy: "Another." }));
    expect(asked).toBe(1);
  });
});

describe("a bot that may only close", () => {
  it("asks about what it holds, and nothing where it holds nothing", () => {
    const askAt = (state: BotState, time: number) => {
      let asked = 0;
      const askModel = (question: ModelQuestion): ModelAnswers => {
        asked += 1;
        return answer(question);
      };
      advanceBot({ ...state, tradingState: "reducing" }, { time, settings }, { ...market(time), askModel });
      return asked;
    };
    expect(askAt(openOf.state, openOf.time + HOUR_MS)).toBe(1);
    expect(askAt(begin(), FIRST)).toBe(0);
    const look = lookAtBot(
      { ...begin(), tradingState: "reducing" },
      { time: FIRST, settings },
      { ...market(FIRST), ask: never },
    );
    expect(look).toMatchObject({ outcome: "quiet" });
  });
});

describe("a look at a bot whose model may be asked", () => {
  const lookAt = (state: BotState, time: number, of: BotSettings) =>
    lookAtBot(state, { time, settings: of }, { ...market(time), ask: never });

  it("sends it to a run at each slot with a decision due, and at no other", () => {
    for (const [index, { time }] of DAY.entries()) {
      const before = DAY[index - 1]?.state ?? begin();
      const look = lookAt(before, time, settings);
      const reason = look.outcome === "run" ? look.reason : "quiet";
      const expected = index % 2 === 0 ? ["model", "exit", "funding"] : ["quiet", "exit", "funding"];
      expect(expected).toContain(reason);
    }
    expect(lookAt(begin(), FIRST, settings)).toEqual({ outcome: "run", reason: "model" });
  });

  it("is quiet where a model opened what a bot of another mode holds", () => {
    const slot = openOf.time + HOUR_MS;
    expect(lookAt(openOf.state, slot, trinity)).toMatchObject({
      outcome: "quiet",
      decisions: expect.arrayContaining([
        expect.objectContaining({ decision: expect.objectContaining({ action: "hold" }) as object }),
      ]) as object,
    });
  });
});
