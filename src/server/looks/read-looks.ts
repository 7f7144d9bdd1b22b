import { lookAtBot, type BotLook } from "~/trading/cycle/look-at-bot";
import { logHiddenFailure } from "../cycle/describe-failure";
import { drawdownKey } from "../cycle/record-equity";
import { recordSnapshots } from "../market/record-snapshots";
import type { Ports } from "../ports";
import { endOutage } from "../venues/end-outage";
import { noteAnswers } from "../venues/note-answers";
import { gatherMarkets, isAnyDecisionDue, tradedOf, type GatheredMarkets } from "./gather-markets";
import type { OpenVenue } from "./load-venue";
import type { DueBot, LookedBot } from "./read-page";

type ReadPorts = Pick<Ports, "db" | "wallNow" | "newId" | "candles" | "marketDataOf">;

/** Whether the bot's next slot has come: the time to run this one has passed. */
export const isLate = (
  { intervalMs }: DueBot,
  { now, slot }: { readonly now: number; readonly slot: number },
): boolean => now >= slot + intervalMs;

/** What the look alone cannot do: a run has the bot, or has to look after something. */
const needsRun = ({ isHeld, isPaper, hasStandingOrder, hasOpenCycle }: LookedBot): boolean =>
  isHeld || !isPaper || hasStandingOrder || hasOpenCycle;

const lookAt = (bot: LookedBot, { venue, gathered, slot }: Gathered): BotLook => {
  const { settings, positions } = bot;
  const traded = tradedOf(venue, settings);
  const isHeldElsewhere = (id: number): boolean =>
    positions.some(({ marketId }) => marketId === id) && traded.every((market) => market.id !== id);
  const markets = {
    finestTimeframe: venue.finestTimeframe,
    traded: traded.map(gathered.marketOf),
    held: venue.markets.filter(({ id }) => isHeldElsewhere(id)).map(gathered.marketOf),
    ask: gathered.ask,
  };
  return lookAtBot(bot, { time: slot, settings }, markets);
};

type Gathered = { readonly venue: OpenVenue; readonly gathered: GatheredMarkets; readonly slot: number };
type Look = { readonly bot: LookedBot; readonly look: BotLook };

/** Alerts that were told before: told once, they need no run again. */
const findTold = async ({ db }: ReadPorts, looks: readonly Look[]): Promise<ReadonlySet<string>> => {
  const keys = looks.flatMap(({ bot, look }) => alertKey(bot, look) ?? []);
  if (keys.length === 0) return new Set();
  const userId = { in: [...new Set(looks.map(({ bot }) => bot.userId))] };
  const rows = await db.alert.findMany({ where: { userId, key: { in: keys } }, select: { key: true } });
  return new Set(rows.map(({ key }) => key));
};

const alertKey = ({ botId }: LookedBot, look: BotLook): string | null =>
  look.outcome === "quiet" && look.alert ? drawdownKey(botId, look.alert) : null;

export const isCovered = ({ bot, look }: Look, told: ReadonlySet<string>): boolean => {
  const key = alertKey(bot, look);
  return !needsRun(bot) && look.outcome === "quiet" && (key === null || told.has(key));
};

/** Everything that a page of bots asks of the slot, read outside of any transaction, and what it means for each. */
const readLooks = async (
  ports: ReadPorts,
  venue: OpenVenue,
  { slot, bots }: { slot: number; bots: readonly LookedBot[] },
) => {
  const asked = bots.filter((bot) => !needsRun(bot));
  const deciding = asked.filter((bot) => isAnyDecisionDue(bot, slot));
  const markets = [...new Set(deciding.flatMap((bot) => tradedOf(venue, bot.settings)))];
  const noted = noteAnswers(ports);
  const [gathered, withoutPrice] = await Promise.all([
    gatherMarkets(noted.ports, venue, { bots: asked, slot }),
    // What the venue shows now is not what it showed at a slot long past.
    recordSnapshots(noted.ports, venue, {
      slot,
      markets: bots.some((bot) => isLate(bot, { now: venue.now, slot })) ? [] : markets,
    }),
  ]);
  const looks = bots.map((bot): Look => ({
    bot,
    look: needsRun(bot) ? { outcome: "run", reason: "decision" } : lookAt(bot, { venue, gathered, slot }),
  }));
  // What a run has to do waits for nothing here, and none of its candles was read.
  const isWhole = (bot: LookedBot): boolean => needsRun(bot) || gathered.isWhole(bot);
  const told = await findTold(ports, looks);
  if (venue.isSuspected && noted.hasAnswered()) await endOutage(ports, venue.venue.id);
  return { looks, told, withoutPrice, analysisOf: gathered.analysisOf, isWhole };
};

export type Read = Awaited<ReturnType<typeof readLooks>> & { readonly isLeft: boolean };

const leaveToRuns = (bots: readonly LookedBot[]): Read => ({
  isLeft: true,
  isWhole: () => true,
  looks: bots.map((bot) => ({ bot, look: { outcome: "run", reason: "decision" } })),
  told: new Set(),
  withoutPrice: [],
  analysisOf: (marketId) => {
    throw new Error(`market ${marketId} was not read`);
  },
});

/**
 * A venue that does not answer is not asked, and what one market's failure spoils is left to each bot's own run: only
 * those that need that market fail, wait and tell.
 */
export const readOrLeave = async (
  ports: ReadPorts,
  venue: OpenVenue,
  page: { readonly slot: number; readonly bots: readonly LookedBot[] },
): Promise<Read> => {
  if (venue.outage !== null) return leaveToRuns(page.bots);
  try {
    return { ...(await readLooks(ports, venue, page)), isLeft: false };
  } catch (error) {
    logHiddenFailure("look", error);
    return leaveToRuns(page.bots);
  }
};
