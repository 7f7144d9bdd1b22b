import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { findTradesPause } from "~/trading/risk/basis/trades-drawdown";
import { returnOf } from "~/trading/risk/basis/past-results";
import type { Runtime } from "../runtime";
import { createAllotted, SECOND_SLOT } from "../testing/allotment-fixture";
import { FIRST_SLOT } from "../testing/books-fixture";
import { wishToEnter } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { runSlot } from "../testing/told-fixture";
import { loadBotBooks } from "./bot-books";
import { loadPastEvents } from "./entry-history";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });

const LIMITS = {
  tradesDrawdownMax: 0.001,
  tradesDrawdownDays: 30,
  tradesDrawdownTradesMin: 1,
  tradesDrawdownPauseHours: 24,
} as const;

it("what trades took off the balance is the same share of it after money came and went", async () => {
  const { fixture, bot } = await createAllotted(runtime);
  const { botId, ports } = fixture;
  const asked = {
    slot: SECOND_SLOT,
    limits: { consecutiveLossesMax: 4, lossPauseHours: 24 },
    asksResults: true,
    decided: [],
  };
  const fallOf = async () => {
    const { results } = await loadPastEvents(runtime.db, botId, asked);
    const { balances } = (await loadBotBooks(ports.db, botId)).kept;
    const pause = findTradesPause({ results, balance: balances.cash.plus(balances.margin) }, LIMITS, SECOND_SLOT);
    return [pause?.drawdown.toNumber() ?? null, ...results.map((result) => returnOf(result).toNumber())];
  };
  await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
  shiftMarket(fixture, FIRST_SLOT + 600_000, 0.9);
  bot.wait(FIRST_SLOT, 31);
  await guardOnly(ports, botId);
  const [fall, made] = await fallOf();
  expect(fall).toBeGreaterThan(LIMITS.tradesDrawdownMax);
  for (const change of ["-8000", "7000", "-100.00000001"]) {
    await bot.change(change);
    const [fallAfter, madeAfter] = await fallOf();
    expect(fallAfter).toBeCloseTo(fall ?? NaN, 9);
    expect(madeAfter).toBeCloseTo(made ?? NaN, 12);
  }
});
