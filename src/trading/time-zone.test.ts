import { afterEach, expect, it, vi } from "vitest";
import { advanceBot } from "./cycle/advance-bot";
import { begin, createMarket, FIRST, settings, STEP } from "./cycle/testing/synthetic-trader";
import { DAY_MS } from "./market/duration";
import { groupTrades } from "./performance/group-trades";
import { riskedTrades } from "./performance/testing/risked-trades";
import { describeInstant } from "./risk/basis/trading-hours";
import { utcMinute } from "./utc-minute";

afterEach(() => void vi.unstubAllEnvs());

/** A day and an hour of a bot across a UTC midnight, and how instants and months are named. */
const live = () => {
  const market = createMarket(1);
  const lived = [];
  let state = begin();
  for (let time = FIRST; time <= FIRST + DAY_MS; time += STEP) {
    const advanced = advanceBot(state, { time, settings }, market(time));
    ({ state } = advanced);
    lived.push(advanced);
  }
  // 2024-01-31T23:30Z, which is another month east of it.
  const ends = Date.UTC(2024, 0, 31, 23, 30);
  const months = groupTrades(riskedTrades([{ net: 1, exitedAt: ends }])).month;
  return { lived, named: [utcMinute(new Date(ends)), describeInstant(ends)], months };
};

it.each(["Pacific/Kiritimati", "America/New_York"])(
  "a machine in %s has the same days, trades, limits and texts as one in UTC",
  (zone) => {
    vi.stubEnv("TZ", "UTC");
    const there = live();
    expect(there.named).toEqual(["2024-01-31 23:30 UTC", "Wednesday, 23:30 UTC"]);
    expect(there.lived.flatMap(({ events }) => events.trades).length).toBeGreaterThan(0);
    vi.stubEnv("TZ", zone);
    expect(new Date(0).getTimezoneOffset(), "the zone must have changed").not.toBe(0);
    expect(live()).toEqual(there);
  },
);
