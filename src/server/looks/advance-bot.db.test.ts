import { beforeAll, describe, expect, it } from "vitest";
import { howMany } from "../../../scripts/testing/how-many";
import { openBed } from "../../../scripts/testing/open-bed";
import { modelSettingsAt } from "../../../scripts/testing/model-settings-at";
import { botSettingsSchema } from "~/trading/bot-settings";
import { advanceBot, type SlotEvents } from "~/trading/cycle/advance-bot";
import { startBot, type BotState } from "~/trading/cycle/bot-state";
import { createSlots, quoteAt } from "~/trading/cycle/testing/synthetic-slots";
import { decimal } from "~/trading/money";
import { exitPlanSchema } from "~/trading/portfolio/exit-plan";
import { LEDGER_ACCOUNTS } from "~/trading/portfolio/ledger";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { loadBalances } from "../books/ledger";
import { loadOpenPositions } from "../books/positions";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginSlot, stagesOf } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { memoryRules } from "../testing/memory-market";
import { byText, pick } from "../testing/plain-rows";
import { answerScripted, scriptedModel } from "../testing/scripted-model";
import { DECISION, FILL, PAYMENT, POINT, POSITION, SETTLED, TRADE, VERDICT } from "../testing/compared-fields";
import { LIVES, type Life } from "../testing/lives";
import { shiftMarket } from "../testing/shift-market";
import { askModel } from "../cycle/ask-model";
import { beginCycle, type BegunCycle } from "../cycle/begin-cycle";
import { lookAtPage } from "./look-at-page";

const PAIRS = ["BTC/USDT", "ETH/USDT"];

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

/** Without what a model costs, which is paid outside of trading. */
const ACCOUNTS = LEDGER_ACCOUNTS.filter((account) => !account.startsWith("model"));

const settingsOf = ({ options }: Life) =>
  botSettingsSchema.parse({ pairs: PAIRS, intervalSeconds: 3600, ...options.settings });
const slotsOf = (life: Life): number[] =>
  Array.from({ length: life.slots }, (_, index) => FIRST_SLOT + index * settingsOf(life).intervalSeconds * 1000);

/** Begins the slot's run: each slot has one where no look comes before it, else only one that needs it. */
const BEGIN = {
  "runs alone": (fixture: BooksFixture, slot: number) => beginSlot(fixture, slot, { holder: `run-${slot}` }),
  "looks and runs": async (fixture: BooksFixture, slot: number) => {
    fixture.setTime(slot);
    const { ports, venueId } = fixture;
    const { planned } = await lookAtPage(ports, { venueId, slot, after: "00000000-0000-0000-0000-000000000000" });
    const [run] = planned;
    return run ? beginCycle(ports, { ...run, holder: `run-${slot}` }) : null;
  },
} as const;
type Way = keyof typeof BEGIN;

/** One slot as it goes live. In each fifth slot the guard runs too, which must change nothing. */
const live = async (fixture: BooksFixture, way: Way, slot: number): Promise<boolean> => {
  const begun = await BEGIN[way](fixture, slot);
  if (begun !== null) await runCycle(fixture, begun);
  return begun !== null;
};

const guard = (fixture: BooksFixture, slot: number): Promise<number> => {
  fixture.setTime(slot + 17 * 60_000);
  return guardOnly(fixture.ports, fixture.botId);
};

/** A cycle as run-bot-cycle.ts runs it. */
const runCycle = async (fixture: BooksFixture, begun: BegunCycle): Promise<void> => {
  if (begun.outcome !== "begun") throw new Error(JSON.stringify(begun));
  const run = (name: string) =>
    stagesOf(fixture, null)
      .find((stage) => stage.name === name)
      ?.run(begun.cycle);
  if (begun.isDecisionDue) await run("read-market");
  if (begun.hasPositions) await run("read-portfolio");
  if (begun.asksModel) await askModel(fixture.ports, begun.cycle);
  if (begun.isDecisionDue) {
    const decided = await run("make-decisions");
    const isAsked = Object.entries(decided ?? {}).some(([action, count]) => action !== "hold" && count > 0);
    if (isAsked) await run("apply-risk");
    if (isAsked) await run("execute-orders");
  }
  await run("record-equity");
};

/** Folds the pure step over the same slots of the same market. */
const fold = async (fixture: BooksFixture, life: Life) => {
  const markets = await runtime.db.market.findMany({ where: { venueId: fixture.venueId } });
  const finestOf = (pair: string) => fixture.market.candles.get(pair) ?? [];
  const idOf = (pair: string): number => markets.find((market) => market.pair === pair)?.id ?? 0;
  const slots = createSlots(
    PAIRS.map((pair) => ({
      id: idOf(pair),
      rules: { ...memoryRules(pair), takerFeeRate: "0.0005" },
      finest: finestOf(pair),
    })),
  );
  const settings = settingsOf(life);
  // What the venue shows at each decision.
  const funding = () => decimal("0.0001");
  const events: (SlotEvents & { readonly time: number })[] = [];
  let state: BotState = startBot({ initialCapital: decimal(10_000), currency: "USDT", at: FIRST_SLOT });
  for (const time of slotsOf(life)) {
    const shown = slots(({ finest }) => quoteAt(finest, time));
    const traded = shown.traded.map((market) => ({ ...market, funding }));
    const advanced = advanceBot(state, { time, settings }, { ...shown, traded, askModel: answerScripted });
    state = advanced.state;
    events.push({ time, ...advanced.events });
  }
  return { state, events };
};

const storedDecisions = async (botId: string) => {
  const rows = await runtime.db.decision.findMany({
    where: { cycle: { botId } },
    include: { cycle: true, market: true, verdict: true },
    orderBy: [{ cycle: { slot: "asc" } }, { sequence: "asc" }],
  });
  return rows.map((row) => ({
    ...pick(row, DECISION),
    at: row.cycle.slot.getTime(),
    pair: row.market.pair,
    code: row.reasonCode,
    verdict: row.verdict && { ...pick(row.verdict, [...VERDICT, "quantity"]), checks: row.verdict.checks },
  }));
};

const foldedDecisions = (events: readonly (SlotEvents & { readonly time: number })[]) =>
  events.flatMap(({ time, decisions, assessed }) =>
    decisions.map(({ marketId, decision }) => {
      const result = assessed.find((each) => each.marketId === marketId);
      const judged = result?.verdict && { ...result.verdict, quantity: result.order?.quantity ?? null };
      return {
        ...pick({ ...decision, exits: decision.exits ?? null }, DECISION),
        at: time,
        pair: decision.pair,
        code: decision.reason.code,
        verdict: judged ? { ...pick(judged, [...VERDICT, "quantity"]), checks: judged.checks } : null,
      };
    }),
  );

/** Of the last lives, whose modes differ most; `prove:lives` has them all. */
const ALONE = howMany("LIVES_ALONE", 2);
const all = Object.entries(LIVES).map(([mode, life]) => ({ mode, life }));
const WAYS = [
  ...all.slice(-ALONE).map((each) => ({ ...each, way: "runs alone" as const })),
  ...all.map((each) => ({ ...each, way: "looks and runs" as const })),
];

describe.each(WAYS)("a $mode bot that lives through the whole stack by $way, and the pure step", ({ life, way }) => {
  let fixture: BooksFixture;
  let folded: Awaited<ReturnType<typeof fold>>;
  let runs = 0;
  beforeAll(async () => {
    const models = modelSettingsAt("http://127.0.0.1:9");
    fixture = await createBooksFixture(
      { ...runtime, models, modelOf: scriptedModel },
      { pairs: PAIRS, ...life.options },
    );
    shiftMarket(fixture, FIRST_SLOT + 3 * HOUR_MS, life.fall);
    for (const [index, slot] of slotsOf(life).entries()) {
      if (await live(fixture, way, slot)) runs += 1;
      if (index % 5 === 2) await guard(fixture, slot);
    }
    folded = await fold(fixture, life);
  });
  const where = () => ({ botId: fixture.botId });

  it("decide and are judged alike, by every rule and to the last digit", async () => {
    const decisions = foldedDecisions(folded.events);
    expect(await storedDecisions(fixture.botId)).toEqual(JSON.parse(JSON.stringify(decisions)));
    const outcomes = new Set(
      folded.events.flatMap(({ assessed }) => assessed.flatMap(({ verdict }) => verdict?.outcome ?? [])),
    );
    expect([...outcomes].toSorted()).toEqual(life.shows.outcomes);
  });

  it("need a run only for the slots that bring something to do", async () => {
    expect(await runtime.db.cycle.count({ where: { ...where(), status: "done" } })).toBe(life.slots);
    expect(runs).toBeLessThanOrEqual(way === "runs alone" ? life.slots : life.slots * life.runsMax);
  });

  it("have the same fills and trades", async () => {
    const fills = await runtime.db.fill.findMany({ where: { position: where() } });
    const foldedFills = folded.events.flatMap((slot) => slot.fills.map((each) => ({ ...each.fill, ...each })));
    expect(byText(fills.map((row) => pick(row, FILL)))).toEqual(byText(foldedFills.map((row) => pick(row, FILL))));
    const legs = await runtime.db.order.count({ where: { intent: { ...where(), purpose: "leg" }, status: "filled" } });
    expect(legs > 0).toBe("legs" in life.shows);
    const plans = await runtime.db.position.findMany({ where: where(), select: { exitPlan: true } });
    const isAnyAdded = plans.some(({ exitPlan }) => exitPlanSchema.parse(exitPlan).added > 0);
    expect(isAnyAdded).toBe("added" in life.shows);
    const keys = [...TRADE, "funding", "realizedPnl", "exitReason"];
    const trades = await runtime.db.trade.findMany({ where: where() });
    const made = folded.events.flatMap((slot) => slot.trades);
    expect(byText(trades.map((row) => pick(row, keys)))).toEqual(byText(made.map((row) => pick(row, keys))));
    const reasons = made.map(({ exitReason }) => exitReason);
    expect([...new Set(reasons)].toSorted()).toEqual(life.shows.exits);
  });

  it("are paid the same funding, once at each instant, and keep books whose invariants hold", async () => {
    const rows = await runtime.db.ledgerEntry.findMany({ where: { ...where(), account: "funding" } });
    const posted = folded.events
      .flatMap(({ postings }) => postings)
      .flatMap(({ postedAt, lines }) => lines.map((line) => ({ ...line, postedAt })))
      .filter(({ account }) => account === "funding");
    expect(byText(rows.map((row) => pick(row, PAYMENT)))).toEqual(byText(posted.map((row) => pick(row, PAYMENT))));
    const parts = await runtime.db.order.count({
      where: { intent: where(), status: "canceled", filledQuantity: { gt: 0 } },
    });
    expect([rows.length > 0, parts > 0]).toEqual(Array.from({ length: 2 }, () => "isSecond" in life.shows));
    const at = slotsOf(life).at(-1) ?? FIRST_SLOT;
    expect(await checkBotInvariants(fixture.ports, { botId: fixture.botId, settingsVersion: 1, at })).toEqual([]);
  });

  it("hold the same positions and balances at the end", async () => {
    const keys = [...POSITION, ...SETTLED];
    const positions = await loadOpenPositions(runtime.db, fixture.botId);
    const held = folded.state.positions.map((row) => pick(row, keys));
    expect(positions.map((row) => pick(row, keys))).toEqual(held);
    const balances = await loadBalances(runtime.db, fixture.botId);
    expect(pick(balances, ACCOUNTS)).toEqual(pick(folded.state.balances, ACCOUNTS));
    expect(balances.modelCost.gt(0)).toBe(settingsOf(life).mode === "llm");
  });

  it("mark the same equity at every slot", async () => {
    const points = await runtime.db.equityPoint.findMany({ where: where(), orderBy: { at: "asc" } });
    const marked = folded.events.map(({ point }) => pick(point ?? {}, POINT));
    expect(points.map((row) => pick(row, POINT))).toEqual(marked);
    expect(points).toHaveLength(life.slots);
  });

  it("tell the same of their drawdown, and end in the same state", async () => {
    const bot = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
    expect(bot.tradingState).toBe(folded.state.tradingState);
    const alerts = await runtime.db.alert.findMany({ where: where() });
    const told = folded.events.flatMap(({ alert }) => (alert ? [alert] : []));
    expect(alerts.map(({ message }) => message).toSorted()).toEqual(told.map(({ message }) => message).toSorted());
    expect(told.map(({ kind }) => kind)).toEqual(life.shows.alerts);
  });
});
