import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import { createRecordedAnswers, type RecordedModel } from "~/trading/backtest/recorded-model";
import { createReplyBook, type RecordedReply } from "~/trading/backtest/recorded-replies";
import { botSettingsSchema } from "~/trading/bot-settings";
import { advanceBot, type SlotEvents } from "~/trading/cycle/advance-bot";
import { startBot } from "~/trading/cycle/bot-state";
import { createSlots, quoteAt } from "~/trading/cycle/testing/synthetic-slots";
import { decimal } from "~/trading/money";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { memoryRules } from "../testing/memory-market";
import { askInCycle, endAfterAnswer } from "../testing/model-fixture";
import { scriptedModel } from "../testing/scripted-model";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const HOURS = 20;
const SETTINGS = {
  mode: "llm",
  decision: { budgetPerDay: "100", rewardRiskMin: 1, leverage: 2 },
  risk: { cooldownMinutes: 0, tradesPerDayMax: 200, correlationMax: 1, consecutiveLossesMax: 100, dailyLossMax: 0.5 },
} as const;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The same hours of the same market by the pure step, asking these records alone. */
const fold = async (fixture: BooksFixture, replies: readonly RecordedReply[]) => {
  const markets = await runtime.db.market.findMany({ where: { venueId: fixture.venueId } });
  const slots = createSlots(
    PAIRS.map((pair) => ({
      id: markets.find((market) => market.pair === pair)?.id ?? 0,
      rules: { ...memoryRules(pair), takerFeeRate: "0.0005" },
      finest: fixture.market.candles.get(pair) ?? [],
    })),
  );
  const settings = botSettingsSchema.parse({ pairs: PAIRS, intervalSeconds: 3600, ...SETTINGS });
  const recorded: RecordedModel = { find: createReplyBook(replies), hash: sha256, pricedAt: FIRST_SLOT };
  const { ask, tally } = createRecordedAnswers(recorded, "scripted/scripted-trader-1");
  const events: SlotEvents[] = [];
  let state = startBot({ initialCapital: decimal(10_000), currency: "USDT", at: FIRST_SLOT });
  for (let hour = 0; hour < HOURS; hour++) {
    const time = FIRST_SLOT + hour * HOUR_MS;
    const shown = slots(({ finest }) => quoteAt(finest, time));
    const advanced = advanceBot(state, { time, settings }, { ...shown, askModel: ask });
    state = advanced.state;
    events.push(advanced.events);
  }
  return { events, tally: tally() };
};

const reasonsOf = (events: readonly SlotEvents[]): string[] =>
  events.flatMap(({ decisions }) => decisions.map(({ decision }) => decision.reason.text));

describe("the replies that the product stored", () => {
  let fixture: BooksFixture;
  let replies: RecordedReply[];
  beforeAll(async () => {
    const models = modelSettingsAt("http://127.0.0.1:9");
    const asked = { ...runtime, models, modelOf: scriptedModel };
    fixture = await createBooksFixture(asked, { pairs: PAIRS, volatility: 0.004, settings: SETTINGS });
    for (let hour = 0; hour < HOURS; hour++) {
      const slot = FIRST_SLOT + hour * HOUR_MS;
      const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
      await askInCycle(fixture.ports, cycle);
      await endAfterAnswer(fixture.ports, cycle);
    }
    const rows = await runtime.db.modelCall.findMany({ where: { botId: fixture.botId, state: "replied" } });
    replies = rows.map(({ promptHash, raw }) => ({ promptHash, raw: raw ?? "" }));
  });

  it("answer every question of a backtest of the same hours, so that it decides and trades as the product did", async () => {
    const { events, tally } = await fold(fixture, replies);
    expect(tally).toMatchObject({ questions: HOURS, answered: HOURS, missing: 0 });
    const stored = await runtime.db.decision.findMany({
      where: { cycle: { botId: fixture.botId } },
      orderBy: [{ cycle: { slot: "asc" } }, { sequence: "asc" }],
    });
    expect(reasonsOf(events)).toEqual(stored.map(({ reasonText }) => reasonText));
    const trades = await runtime.db.trade.findMany({ where: { botId: fixture.botId }, orderBy: { exitedAt: "asc" } });
    const made = events.flatMap((slot) => slot.trades);
    expect(made.length).toBeGreaterThan(2);
    expect(made.map(({ realizedPnl }) => realizedPnl.toFixed()).toSorted()).toEqual(
      trades.map(({ realizedPnl }) => decimal(realizedPnl.toString()).toFixed()).toSorted(),
    );
  });

  it("are missed where they are not there, and what they would cost is told", async () => {
    const { tally, events } = await fold(fixture, replies.slice(0, 3));
    expect(tally.answered).toBeLessThanOrEqual(3);
    expect(tally.missing).toBe(HOURS - tally.answered);
    expect(tally.costAtMost?.gt(0)).toBe(true);
    expect(reasonsOf(events)).toContain("no recorded reply to this question");
  });
});
