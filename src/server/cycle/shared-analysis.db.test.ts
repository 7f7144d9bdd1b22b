import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { PairDecision } from "~/contracts/cycle-view";
import { decideMarket } from "~/trading/cycle/decide-market";
import type { Decision } from "~/trading/decision/basis/decision";
import { decisionTimeframes } from "~/trading/decision/decide";
import { MODES } from "~/trading/decision/modes/registry";
import { decimal } from "~/trading/money";
import { createPaperBot } from "../bots/create-paper-bot";
import { loadOpenPositions } from "../books/positions";
import { readLastCandles } from "../market/read-closed-candles";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf } from "../testing/cycle-fixture";
import { PERMISSIVE } from "../testing/run-hours";
import { getCycle } from "../views/cycles/get-cycle";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const HOURS = 3;

type Lived = {
  readonly userId: string;
  readonly botId: string;
  readonly cycleId: string;
  /** What the bot decides by candles of its own. */
  readonly decisions: readonly Decision[];
};

let runtime: Runtime;
let fixture: BooksFixture;
const lived: Lived[] = [];
openBed((bed) => ({ runtime } = bed));

/** What the bot's mode decides of its pairs with what it holds now, read without anything stored. */
const decideAlone = async (botId: string, slot: number): Promise<Decision[]> => {
  const { settings, markets, venue } = await fixture.ports.contexts(botId, 1);
  const positions = await loadOpenPositions(runtime.db, botId);
  return Promise.all(
    markets.map(async (market) => {
      const series = await Promise.all(
        decisionTimeframes(settings).map((wanted) =>
          readLastCandles(fixture.ports, { ...market, venue }, { ...wanted, closedBy: slot }),
        ),
      );
      const held = positions.find(({ marketId }) => marketId === market.id);
      return decideMarket({
        pair: market.rules.pair,
        time: slot,
        settings,
        series,
        held,
        mayAdd: false,
        wasHeld: false,
      });
    }),
  );
};

const live = async (bot: Pick<Lived, "userId" | "botId">, slot: number): Promise<void> => {
  const cycle = await claimSlot(fixture, slot, { holder: `${bot.botId}-${slot}`, botId: bot.botId });
  let decisions: Decision[] = [];
  for (const stage of stagesOf(fixture, null)) {
    if (stage.name === "make-decisions") decisions = await decideAlone(bot.botId, slot);
    await stage.run(cycle);
  }
  lived.push({ ...bot, cycleId: cycle.cycleId, decisions });
};

beforeAll(async () => {
  const risk = { ...PERMISSIVE, correlationMax: 1 };
  fixture = await createBooksFixture(runtime, { pairs: PAIRS, seed: 5, volatility: 0.002, settings: { risk } });
  const { ports, venueId } = fixture;
  const settingsOf = (n: number) =>
    MODES.trinity.settings.parse({ preset: "original", stopLossFraction: 0.02 + n / 1000, leverage: 1 + (n % 3) });
  const { settings } = await ports.contexts(fixture.botId, 1);
  const bots = [{ userId: fixture.userId, botId: fixture.botId }];
  for (let n = 1; n < 9; n++) {
    bots.push({ userId: fixture.userId, botId: await fixture.addBot({ mode: "trinity", decision: settingsOf(n) }) });
  }
  const userId = ports.newId();
  await ports.db.user.create({ data: { id: userId, email: `${userId}@example.org` } });
  const bot = { userId, venueId, name: "theirs", settings, capital: decimal(10_000), startsAt: FIRST_SLOT };
  bots.push({ userId, botId: await createPaperBot(ports, bot) });
  for (let hour = 0; hour < HOURS; hour++) {
    for (const each of bots) await live(each, FIRST_SLOT + hour * HOUR_MS);
  }
}, 120_000);

const madeAll = () => runtime.db.decision.findMany({ select: { analysisId: true, cycleId: true, marketId: true } });

it("ten bots that read by the same settings make one analysis a pair and candle, of whoever they are", async () => {
  const decisions = await madeAll();
  expect(decisions).toHaveLength(10 * PAIRS.length * HOURS);
  expect(await runtime.db.analysis.count()).toBe(PAIRS.length * HOURS);
  for (const cycleId of lived.slice(0, 10).map((each) => each.cycleId)) {
    const ids = decisions.filter((each) => each.cycleId === cycleId).map(({ analysisId }) => analysisId);
    expect(ids).toEqual(decisions.slice(0, PAIRS.length).map(({ analysisId }) => analysisId));
  }
});

it("a page explains each of their cycles wholly, as if the bot had read the market alone", async () => {
  const shownOf = (decision: PairDecision) => ({
    action: decision.action,
    score: decision.score,
    scores: decision.scores,
    evidence: decision.evidence,
    reasonCode: decision.reasonCode,
    reasonText: decision.reasonText,
  });
  const codes = new Set<string>();
  for (const { userId, cycleId, decisions } of lived) {
    const view = await getCycle(runtime, { userId, cycleId });
    expect(view.decisions.map(shownOf)).toEqual(
      decisions.map(({ action, score, scores, evidence, reason }) => ({
        action,
        score,
        scores: scores ?? { long: null, short: null },
        evidence,
        reasonCode: reason.code,
        reasonText: reason.text,
      })),
    );
    for (const { reason } of decisions) codes.add(reason.code);
  }
  expect([...codes]).toEqual(expect.arrayContaining(["entry", "position-open"]));
});

it("whose bot it is not does not reach it, although their own bot decided on the same analysis", async () => {
  const [mine, theirs] = [lived[0], lived[9]];
  const analysesOf = async (cycleId = "") => {
    const found = await runtime.db.decision.findMany({ where: { cycleId }, orderBy: { sequence: "asc" } });
    return found.map(({ analysisId }) => analysisId);
  };
  expect(await analysesOf(theirs?.cycleId)).toEqual(await analysesOf(mine?.cycleId));
  const ask = getCycle(runtime, { userId: theirs?.userId ?? "", cycleId: mine?.cycleId ?? "" });
  await expect(ask).rejects.toMatchObject({ code: "not-found" });
});

it("a bot that reads by other settings has an analysis of its own", async () => {
  const before = await runtime.db.analysis.count();
  const botId = await fixture.addBot({
    mode: "trinity",
    decision: MODES.trinity.settings.parse({ confirmTimeframe: "1d" }),
  });
  await live({ userId: fixture.userId, botId }, FIRST_SLOT + HOURS * HOUR_MS);
  expect(await runtime.db.analysis.count()).toBe(before + PAIRS.length);
});
