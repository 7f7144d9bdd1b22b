import type { Runtime } from "../../src/server/runtime";
import { createPaperBot } from "../../src/server/bots/create-paper-bot";
import { recordMarkets } from "../../src/server/venues/record-markets";
import { decimal } from "../../src/trading/money";
import type { ReplayClock } from "./replay-clock";
import type { ReplayPlan } from "./replay-plan";

/** Makes the replay's one user, venue, clock and bot. Run once, before the database is committed. */
export const setUpReplay = async (
  runtime: Runtime,
  plan: ReplayPlan,
  { clock, capital }: { readonly clock: ReplayClock; readonly capital: string },
): Promise<void> => {
  const [userId, venueId] = [runtime.newId(), runtime.newId()];
  const row = {
    anchorWall: new Date(clock.row.anchorWall),
    anchorMarket: new Date(clock.row.anchorMarket),
    speed: clock.row.speed,
    highWater: new Date(plan.from),
  };
  await runtime.db.user.create({ data: { id: userId, email: "replay@0xbot.local" } });
  await runtime.db.venue.create({
    data: {
      id: venueId,
      kind: "demo",
      name: "recorded market",
      identity: plan.identity,
      finestTimeframe: plan.finestTimeframe,
      clock: { create: row },
    },
  });
  const source = await runtime.marketDataOf({ id: venueId, kind: "demo" });
  const wanted = new Set(plan.markets.map(({ pair, marketType }) => `${pair} ${marketType}`));
  const rules = (await source.listMarkets()).filter(({ pair, marketType }) => wanted.has(`${pair} ${marketType}`));
  await recordMarkets(runtime, venueId, rules);
  await createPaperBot(runtime, {
    userId,
    venueId,
    name: "replay",
    settings: plan.settings,
    capital: decimal(capital),
    startsAt: plan.from,
  });
};

export type ReplayBot = { readonly botId: string; readonly settingsVersion: number; readonly identity: string };

/** The bot of a replay's database. */
export const findReplayBot = async (runtime: Runtime): Promise<ReplayBot> => {
  const bot = await runtime.db.bot.findFirstOrThrow({ include: { account: { include: { venue: true } } } });
  return { botId: bot.id, settingsVersion: bot.settingsVersion, identity: bot.account.venue.identity };
};
