import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceBot } from "../cycle/advance-bot";
import { startBot, type BotState } from "../cycle/bot-state";
import { DAY_MS } from "../market/duration";
import { decimal } from "../money";
import { createMarketReader } from "./analyse-markets";
import { createReadableMarket } from "./readable-market";
import { createStepBot } from "./step-bot";
import { BEGIN, createMarkets, SETTINGS } from "./testing/synthetic-markets";

const STEP = SETTINGS.trinity.intervalSeconds * 1000;
/** A midnight; Trinity is warming up on days, so that every slot is a hold. */
const MIDNIGHT = BEGIN + 20 * DAY_MS;
const decision = { ...SETTINGS.trinity.decision, timeframe: "1d", confirmTimeframe: "1d" };
const settings = { ...SETTINGS.trinity, decision } as typeof SETTINGS.trinity;

const traded = createMarkets(1).map(createReadableMarket);
const { step } = createStepBot(
  { finestTimeframe: "5m", traded },
  createMarketReader({ from: MIDNIGHT - DAY_MS, to: MIDNIGHT + DAY_MS }),
);

/** A bot that traded before and holds nothing now. */
const rested = ({
  at,
  start,
  low,
}: {
  readonly at: number;
  readonly start: number;
  readonly low: number;
}): BotState => {
  const capital = decimal(10_000);
  const last = { at, equity: capital, peak: decimal(10_100) };
  const equity = { last, dayStart: capital.plus(start), dayLow: capital.minus(low) };
  return { ...startBot({ initialCapital: capital, currency: "USDT", at: BEGIN }), lastDoneSlot: at, equity };
};

describe("a slot at which a bot holds nothing", () => {
  it("leaves the day's start, its low and all else as the whole step does, before, at and after midnight", () => {
    const slots = fc.integer({ min: -8, max: 8 });
    fc.assert(
      fc.property(slots, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 90 }), (slot, start, low) => {
        const time = MIDNIGHT + slot * STEP;
        const before = rested({ at: time - STEP, start, low });
        const markets = { finestTimeframe: "5m" as const, traded: traded.map((market) => market.at(time)), held: [] };
        const whole = advanceBot(before, { time, settings }, markets);
        const stepped = step(before, { time, settings });
        expect(stepped.events).toBeNull();
        expect(stepped.state).toEqual(whole.state);
        expect(stepped.equity).toEqual(whole.events.point?.equity);
        expect(stepped.decisions).toEqual(whole.events.decisions);
      }),
    );
  });
});
