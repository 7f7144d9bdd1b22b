import { loadOpenPositions } from "../books/positions";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { loadBalances } from "../books/ledger";
import { loadBotFacts } from "../views/bots/load-bot-facts";
import { guardOnly } from "./guard-only";
import { computeEquity } from "~/trading/portfolio/equity";
import type { Ports } from "../ports";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture, type FixtureOptions } from "./books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "./cycle-fixture";
import { PERMISSIVE } from "./run-hours";
import { createSlowExchange, type FillPlan, type SlowExchange } from "./slow-exchange";

export const SLOW_PAIRS = ["BTC/USDT", "ETH/USDT"];

export type SlowFixture = BooksFixture & { readonly exchange: SlowExchange };

/** A bot whose orders go to an exchange that fills them by these plans, in turn. */
export const createSlowFixture = async (
  runtime: Ports,
  plans: readonly FillPlan[],
  options: FixtureOptions = {},
): Promise<SlowFixture> => {
  const settings = { risk: { ...PERMISSIVE, correlationMax: 1 } };
  const fixture = await createBooksFixture(runtime, { pairs: SLOW_PAIRS, seed: 3, settings, ...options });
  const exchange = createSlowExchange(fixture.market, plans);
  return { ...fixture, exchange, ports: { ...fixture.ports, exchangeOf: () => Promise.resolve(exchange) } };
};

/** Throws what is broken in the books after the cycle of `slot`, naming what was done. */
export const expectSound = async ({ ports, botId }: BooksFixture, slot: number, done: string): Promise<void> => {
  const broken = await checkBotInvariants(ports, { botId, settingsVersion: 1, at: slot });
  if (broken.length > 0) throw new Error(`${done} at ${new Date(slot).toISOString()}: ${JSON.stringify(broken)}`);
};

export const guardAt = (fixture: BooksFixture, at: number): Promise<number> => {
  fixture.setTime(at);
  return guardOnly(fixture.ports, fixture.botId);
};

/** A whole cycle, every invariant after every stage. */
export const runSoundHour = async (fixture: BooksFixture, hour: number, wish: Wish): Promise<void> => {
  const slot = FIRST_SLOT + hour * HOUR_MS;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, wish)) {
    await stage.run(cycle);
    await expectSound(fixture, slot, stage.name);
  }
};

/** A bot whose first cycle has sent one entry, by the first plan. */
export const enterSlowly = async (runtime: Ports, ...plans: readonly FillPlan[]): Promise<SlowFixture> => {
  const fixture = await createSlowFixture(runtime, plans);
  await runSoundHour(fixture, 0, wishToEnter(fixture));
  return fixture;
};

/** Throws when the equity that pages show is not that of the ledger and the open positions. */
export const expectShown = async ({ ports, botId, userId }: BooksFixture): Promise<void> => {
  const [facts] = await loadBotFacts(ports, { userId, botId }, { samples: 2 });
  const { cash, margin } = await loadBalances(ports.db, botId);
  const held = computeEquity({ cash, margin }, await loadOpenPositions(ports.db, botId));
  const shown = facts?.capital.plus(facts.profit.total);
  if (shown?.eq(held.equity) !== true) {
    throw new Error(`pages show ${shown?.toFixed()}, the books hold ${held.equity.toFixed()}`);
  }
};

export const ordersOf = ({ ports, botId }: BooksFixture) =>
  ports.db.order.findMany({ where: { intent: { botId } }, include: { fills: true, intent: true } });
