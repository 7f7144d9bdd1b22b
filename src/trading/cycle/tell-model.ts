import { marketFacts } from "../decision/asking/market-facts";
import { outsideFacts } from "../decision/asking/outside-facts";
import { portfolioFacts } from "../decision/asking/portfolio-facts";
import { regimeFacts } from "../decision/asking/regime-facts";
import type { Section } from "../decision/asking/write-prompt";
import { selectNarratives, type Narrative } from "../decision/analysis/select-narratives";
import { baseOf } from "../market/trading-pair";
import { decimal, maxOf } from "../money";
import { unrealizedPnl } from "../portfolio/position";
import type { AskedOfModel, ModelInput, ToldPosition } from "./model-input";

const toHeld = (position: ToldPosition) => ({
  ...position,
  unrealized: unrealizedPnl(position),
  thesis: position.thesis ?? null,
  conditions: position.exitPlan.conditions,
});

/** What price made of the newest news of a pair. How price changed since is not read, so that much of it is unknown. */
const narrativeOf = (
  { outside, time }: ModelInput,
  pair: string,
  pairs: readonly string[],
): Narrative | "none" | null => {
  if (outside.news === null) return null;
  const assetOf = (each: string) => ({ code: baseOf(each), names: [] });
  const others = pairs.filter((other) => other !== pair).map(assetOf);
  const question = { asset: assetOf(pair), others, now: time, changeSince: () => null };
  return selectNarratives(outside.news, question)[0] ?? "none";
};

const numberOf = (text: string | null = null): number | null => (text === null ? null : Number(text));

/** All that a model is told at a slot, by what it is about: of the bot first, then of the world, then of each market. */
export const tellModel = (input: ModelInput, asked: readonly AskedOfModel[]): Section[] => {
  const { time, portfolio, outside, settings } = input;
  const { risk } = settings;
  const pairs = asked.map(({ pair }) => pair);
  const account = portfolioFacts({
    time,
    equity: portfolio.equity,
    available: portfolio.cash,
    positions: portfolio.positions.map(toHeld),
    takerFeeRate: asked.map(({ takerFeeRate }) => decimal(takerFeeRate)).reduce((one, other) => maxOf(one, other)),
    stopDistanceMin: risk.stopDistanceMin,
    stopDistanceMax: risk.stopDistanceMax,
    rewardRiskMin: risk.rewardToRiskMin,
    positionsMax: risk.openPositionsMax,
  });
  return [
    { title: "The bot, its limits and its positions", facts: account },
    { title: "All markets together", facts: [...regimeFacts(asked), ...outsideFacts(outside, time)] },
    ...asked.map(({ pair, readings, shown }) => ({
      title: pair,
      facts: marketFacts({
        pair,
        readings,
        fundingRate: numberOf(shown?.fundingRate),
        // Snapshots keep open interest, and nobody compares it with the one before: the prompt says that it is missing.
        openInterestRatio: null,
        narrative: narrativeOf(input, pair, pairs),
      }),
    })),
  ];
};
