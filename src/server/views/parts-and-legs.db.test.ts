import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { OpenPositions } from "~/contracts/bot-detail";
import type { BotRow } from "~/contracts/bot-row";
import type { Overview } from "~/contracts/overview-view";
import { cycleViewSchema, type CycleView } from "~/contracts/cycle-view";
import { NO_EXIT_TERMS } from "~/trading/portfolio/exit-terms";
import { decimal } from "~/trading/money";
import type { Runtime } from "../runtime";
import { requireOwnBot } from "../tenant/find-own";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { PERMISSIVE } from "../testing/run-hours";
import { shiftMarket } from "../testing/shift-market";
import { listBotRows } from "./bots/list-bots";
import { listPositions } from "./bots/list-positions";
import { getCycle } from "./cycles/get-cycle";
import { getPosition } from "./cycles/get-position";
import { loadMarks } from "./history/chart-marks";
import { listActivity } from "./overview/list-activity";
import { getOverview } from "./overview/get-overview";

const MINUTE = 60_000;

let runtime: Runtime;
let fixture: BooksFixture;
const cycles: CycleView[] = [];
/** While a part of the position had left. */
let between: { readonly row: BotRow; readonly open: OpenPositions; readonly told: Overview };

const live = async (hour: number, wish: NonNullable<Wish>): Promise<void> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  cycles.push(await getCycle(runtime, { userId: fixture.userId, cycleId: cycle.cycleId }));
};

const exits = { ...NO_EXIT_TERMS, targets: [{ atFraction: 0.01, share: 0.5 }] };
const enter = (slot: number) => wishToEnter(fixture)(slot).map((decision) => ({ ...decision, exits }));

const shift = (hour: number, factor: number): void =>
  shiftMarket(fixture, FIRST_SLOT + hour * HOUR_MS + 30 * MINUTE, factor);

const readMoney = async (): Promise<typeof between> => {
  const { userId, botId, ports } = fixture;
  const [row] = await listBotRows(ports, { userId, botIds: [botId] });
  if (!row) throw new Error("the fixture has a bot");
  return { row, open: await listPositions(ports, { userId, botId }), told: await getOverview(ports, userId) };
};

openBed((bed) => ({ runtime } = bed));
/** A position that is entered in two steps, leaves in a part, is added to and is stopped: one each hour. */
beforeAll(async () => {
  const settings = {
    dca: { legs: [{ againstFraction: 0.005, share: 0.3 }] },
    risk: { ...PERMISSIVE, rewardToRiskMin: 0.5, pyramidingMarginMax: 0.05 },
  };
  fixture = await createBooksFixture(runtime, { volatility: 0.0001, settings });
  await live(0, enter);
  shift(0, 0.993);
  await live(1, () => []);
  shift(1, 1.02);
  await live(2, enter);
  between = await readMoney();
  shift(2, 0.96);
  await live(3, () => []);
});

const fillsOf = async () => {
  const fills = await runtime.db.fill.findMany({ include: { order: { include: { intent: true } } } });
  return fills.toSorted((one, other) => one.filledAt.getTime() - other.filledAt.getTime());
};

describe("a cycle's page", () => {
  it("lists the legs that were entered and the parts that left in its span, beside what was closed", async () => {
    const fills = await fillsOf();
    const told = cycles.map(({ settled }) => settled.map(({ change, kind, quantity }) => [change, kind, quantity]));
    const quantityOf = (kind: string) => fills.find(({ order }) => order.intent.kind === kind)?.quantity.toFixed();
    expect(told).toEqual([
      [],
      [["leg", "entry-leg", quantityOf("entry-leg")]],
      [["part", "partial-target", quantityOf("partial-target")]],
      [["closed", "stop-loss", quantityOf("stop-loss")]],
    ]);
    const trade = await runtime.db.trade.findFirstOrThrow();
    expect(cycles.flatMap(({ settled }) => settled.map(({ net }) => net))).toEqual([
      null,
      null,
      trade.realizedPnl.toFixed(),
    ]);
    for (const view of cycles) expect(cycleViewSchema.safeParse(view).error).toBeUndefined();
  });
});

it("a chart says of each fill what it was, in the order in which they happened", async () => {
  const { marketId } = await runtime.db.position.findFirstOrThrow();
  const day = { openTime: FIRST_SLOT, open: 1, high: 1, low: 1, close: 1, volume: null };
  const botId = await requireOwnBot(runtime.db, fixture);
  const marks = await loadMarks(runtime.db, { botId, marketId, timeframe: "1d", candles: [day] });
  const net = (await runtime.db.trade.findFirstOrThrow()).realizedPnl.toFixed(2);
  expect(marks.map(({ text }) => text)).toEqual([
    "long entry",
    "long leg",
    "part at its target",
    "long added",
    `stop filled ${net}`,
  ]);
});

describe("orders", () => {
  it("of a position tell its entry with its legs from what was added later", async () => {
    const { id } = await runtime.db.position.findFirstOrThrow();
    const { orders } = await getPosition(runtime, { userId: fixture.userId, positionId: id });
    expect(orders.map(({ purpose }) => purpose)).toEqual(["entry", "leg", "protective", "addition", "protective"]);
    const [entry, leg] = orders;
    expect(entry?.legs).toEqual([expect.objectContaining({ quantity: leg?.quantity })]);
  });

  it("of a cycle that added to a position say so", () => {
    const told = cycles.map(({ decisions }) => decisions.flatMap(({ orders }) => orders.map(({ purpose }) => purpose)));
    expect(told).toEqual([["entry"], [], ["addition"], []]);
  });
});

it("what a bot's open positions have not realised is one figure on every page, beside what parts of them made", () => {
  const { row, open, told } = between;
  expect([row.pnl?.unrealized, told.unrealized]).toEqual([open.unrealized, open.unrealized]);
  const { total = "", unrealized = "", openRealized = "", openFees = "", openFunding = "" } = row.pnl ?? {};
  expect(decimal(openRealized).gt(0)).toBe(true);
  expect(decimal(unrealized).plus(openRealized).minus(openFees).plus(openFunding).toFixed()).toBe(total);
});

it("the activity tells of a leg, a part and an addition as of what was opened and closed", async () => {
  const activity = await listActivity(fixture.ports, { userId: fixture.userId }, 10);
  const price = "\\d+\\.\\d\\d";
  const lines = [
    `Closed long [\\d.]+ BTC/USDT at ${price} on average: stop filled`,
    `Added long [\\d.]+ BTC/USDT at ${price}`,
    `Closed a part, long [\\d.]+ BTC/USDT at ${price}: part at its target`,
    `Entered a leg, long [\\d.]+ BTC/USDT at ${price}`,
    `Opened long [\\d.]+ BTC/USDT at ${price}`,
  ].map((line) => new RegExp(`^${line}$`));
  expect(activity.map(({ text }) => text)).toEqual(lines.map((line) => expect.stringMatching(line) as string));
  const [entry] = await fillsOf();
  expect(activity.at(-1)?.text).toContain(` ${entry?.quantity.toFixed()} `);
});

it("a chart has a cycle's refusal at an instant before what the candle of that instant touched", async () => {
  await live(4, enter);
  shiftMarket(fixture, FIRST_SLOT + 5 * HOUR_MS, 0.95);
  await live(5, enter);
  await live(6, () => []);
  const { marketId } = await runtime.db.position.findFirstOrThrow();
  const openTime = FIRST_SLOT + 5 * HOUR_MS;
  const hour = { openTime, open: 1, high: 1, low: 1, close: 1, volume: null };
  const botId = await requireOwnBot(runtime.db, fixture);
  const marks = await loadMarks(runtime.db, { botId, marketId, timeframe: "1h", candles: [hour] });
  expect(marks.map(({ kind }) => kind)).toEqual(["refused", "exit"]);
});
