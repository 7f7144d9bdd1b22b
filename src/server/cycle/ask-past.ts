import type { MarketDecision } from "~/trading/decision/basis/market-decision";
import { readsResults } from "~/trading/risk/reads-results";
import type { BotContext } from "../bot-context";
import type { AskedHistory } from "../books/entry-history";

/** What the gate asks of a bot's past to judge these decisions. */
export const askPast = (
  { settings }: Pick<BotContext, "settings">,
  slot: number,
  decisions: readonly MarketDecision[],
): AskedHistory => ({
  slot,
  limits: settings.risk,
  asksResults: readsResults(settings),
  decided: decisions.map(({ marketId, decision: { decidedCandle } }) => ({ marketId, decidedCandle })),
});
