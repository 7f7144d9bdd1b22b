import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "./books-fixture";
import { claimSlot, stagesOf, type Wish } from "./cycle-fixture";

/** Limits that pace a trader, set wide: a bot that wishes each hour trades each hour. */
export const PERMISSIVE = {
  cooldownMinutes: 0,
  consecutiveLossesMax: 100,
  dailyLossMax: 0.5,
  dailyLossOfCapitalMax: 0.5,
  tradesPerDayMax: 200,
};

/** Rules that look back on trades and candles, switched on. */
export const LOOKING_BACK = {
  pairLockHours: 0.5,
  pairLockTradesMin: 1,
  tradesDrawdownMax: 0.05,
  volatilityMin: 0.0001,
};

/** Runs whole cycles of the fixture's bot, hour after hour, from hour `from` on. */
export const runHours = async (
  fixture: BooksFixture,
  { from = 0, hours, wish }: { readonly from?: number; readonly hours: number; readonly wish: Wish },
): Promise<void> => {
  for (let hour = from; hour < from + hours; hour++) {
    const slot = FIRST_SLOT + hour * HOUR_MS;
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  }
};
