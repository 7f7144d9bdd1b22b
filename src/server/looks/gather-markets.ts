import { isAnyDue } from "~/trading/cycle/ask-markets";
import { decideAnalysed } from "~/trading/cycle/decide-market";
import type { AskMode, SlotMarket } from "~/trading/cycle/slot-market";
import type { Decision } from "~/trading/decision/basis/decision";
import type { BotSettings } from "~/trading/bot-settings";
import type { Candle } from "~/trading/market/candle";
import { candleCloseTime } from "~/trading/market/candle";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { invariant } from "~/trading/invariant";
import type { BotMarket } from "../bot-context";
import { askAt } from "../market/analysis-question";
import { readAnalyses } from "../market/read-analyses";
import { readCandlesSince } from "../market/read-closed-candles";
import type { StoredAnalysis } from "../market/stored-analyses";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import type { LookedBot } from "./read-page";

export type LookVenue = {
  readonly venue: VenueRef;
  readonly finestTimeframe: Timeframe;
  readonly markets: readonly BotMarket[];
};

/** What the bots of a page ask, each question once. */
type Question = { readonly market: BotMarket; readonly settings: BotSettings; readonly settingsKey: string };

/** The markets of some settings, in the order of their pairs; a pair that the venue does not list is missing. */
export const tradedOf = ({ markets }: LookVenue, { pairs, marketType }: BotSettings): BotMarket[] =>
  pairs.flatMap((pair) => markets.filter(({ rules }) => rules.pair === pair && rules.marketType === marketType));

const questionKey = (marketId: number, settingsKey: string): string => `${marketId}:${settingsKey}`;

/** Whether a slot brings a bot something to decide. */
export const isAnyDecisionDue = ({ settings, positions, lastDoneSlot }: LookedBot, slot: number): boolean =>
  isAnyDue(settings, positions, { slot, lastDoneSlot });

const questionsOf = (
  venue: LookVenue,
  { bots, slot }: { readonly bots: readonly LookedBot[]; readonly slot: number },
): ReadonlyMap<string, Question> => {
  const questions = new Map<string, Question>();
  const add = (market: BotMarket | undefined, settings: BotSettings, settingsKey: string): void => {
    if (market) questions.set(questionKey(market.id, settingsKey), { market, settings, settingsKey });
  };
  for (const { settings, settingsKey, positions } of bots.filter((bot) => isAnyDecisionDue(bot, slot))) {
    for (const market of tradedOf(venue, settings)) add(market, settings, settingsKey);
    for (const { marketId, openedBy, settingsKey: key } of positions) {
      add(
        venue.markets.find(({ id }) => id === marketId),
        openedBy,
        key,
      );
    }
  }
  return questions;
};

/** The finest candles of each market since the first of its positions was settled. */
const readSettlement = async (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  { venue, markets, finestTimeframe: timeframe }: LookVenue,
  { bots, slot }: { readonly bots: readonly LookedBot[]; readonly slot: number },
): Promise<ReadonlyMap<number, readonly Candle[]>> => {
  const since = new Map<number, number>();
  for (const { marketId, settledThrough } of bots.flatMap(({ positions }) => positions)) {
    since.set(marketId, Math.min(settledThrough, since.get(marketId) ?? settledThrough));
  }
  const read = [...since].map(async ([marketId, from]): Promise<[number, readonly Candle[]]> => {
    const market = markets.find(({ id }) => id === marketId);
    if (!market) return [marketId, []];
    return [marketId, await readCandlesSince(ports, { ...market, venue }, { timeframe, from, closedBy: slot })];
  });
  return new Map(await Promise.all(read));
};

/** A market that gave no candle for so many is silent, or the venue lists it no more: none is waited for. */
const SILENT_AFTER_CANDLES = 3;

/** Whether every position of a bot can be settled through the slot, as far as its market is not silent. */
const createIsSettleable = (
  { finestTimeframe }: LookVenue,
  slot: number,
  settlement: ReadonlyMap<number, readonly Candle[]>,
): ((bot: LookedBot) => boolean) => {
  const lengthMs = timeframeMs(finestTimeframe);
  const settledBy = floorToGrid(slot, lengthMs);
  return ({ positions }) =>
    positions.every(({ marketId, settledThrough }) => {
      const last = settlement.get(marketId)?.at(-1);
      const through = Math.max(settledThrough, last ? candleCloseTime(last, finestTimeframe) : 0);
      return through >= settledBy || through < settledBy - SILENT_AFTER_CANDLES * lengthMs;
    });
};

/** The keys of what a bot asks. */
const keysOf = (look: LookVenue, { settings, settingsKey, positions }: LookedBot): string[] => [
  ...tradedOf(look, settings).map(({ id }) => questionKey(id, settingsKey)),
  ...positions.map((position) => questionKey(position.marketId, position.settingsKey)),
];

export type GatheredMarkets = {
  readonly marketOf: (market: BotMarket) => SlotMarket;
  /** Answers for a market by what was read there: once for all that hold nothing there and ask by the same settings. */
  readonly ask: AskMode;
  /** Whether every candle that the bot decides by and settles over was there. */
  readonly isWhole: (bot: LookedBot) => boolean;
  /** What was read in a market by some settings. */
  readonly analysisOf: (marketId: number, settings: object) => StoredAnalysis;
};

/** Reads what a page of bots asks of a slot's markets: each question once, however many bots ask it. */
export const gatherMarkets = async (
  ports: Pick<Ports, "db" | "candles" | "marketDataOf">,
  look: LookVenue,
  page: { readonly bots: readonly LookedBot[]; readonly slot: number },
): Promise<GatheredMarkets> => {
  const { slot } = page;
  const questions = questionsOf(look, page);
  const [settlement, analyses] = await Promise.all([
    readSettlement(ports, look, page),
    readAnalyses(ports, { venue: look.venue, slot }, [...questions.values()]),
  ]);
  // Equal settings are one object here: they are parsed once.
  const keys = new Map<unknown, string>([...questions.values()].map((each) => [each.settings, each.settingsKey]));
  const keyOf = (marketId: number, settings: unknown): string => questionKey(marketId, keys.get(settings) ?? "");
  const known = new Map([...questions.keys()].map((key, index) => [key, analyses[index]]));
  const analysisOf = (marketId: number, settings: unknown): StoredAnalysis => {
    const found = known.get(keyOf(marketId, settings));
    invariant(found, `market ${marketId} was not read`);
    return found;
  };
  const answer = ({ market, settings, position: held, mayAdd }: Parameters<AskMode>[0]): Decision => {
    const { analysis } = analysisOf(market.id, settings);
    return decideAnalysed({ pair: market.rules.pair, settings, analysis, held, mayAdd, wasHeld: false });
  };
  const isSettleable = createIsSettleable(look, slot, settlement);
  const answers = new Map<string, Decision>();
  const partial = new Set(
    [...questions]
      .filter(([, question], index) => askAt(question, slot).id !== analyses[index]?.id)
      .map(([key]) => key),
  );
  return {
    analysisOf,
    isWhole: (bot) => isSettleable(bot) && (partial.size === 0 || keysOf(look, bot).every((key) => !partial.has(key))),
    marketOf: ({ id, rules }) => ({
      id,
      rules,
      shown: null,
      candles: ({ timeframe, from, closedBy }) => {
        invariant(timeframe === look.finestTimeframe, "a look settles by the finest candles alone");
        return (settlement.get(id) ?? []).filter(
          (candle) => candle.openTime >= from && candleCloseTime(candle, timeframe) <= closedBy,
        );
      },
    }),
    ask: (asked) => {
      if (asked.position) return answer(asked);
      const key = keyOf(asked.market.id, asked.settings);
      const decided = answers.get(key) ?? answer(asked);
      answers.set(key, decided);
      return decided;
    },
  };
};
