import type { PastEvents } from "~/trading/cycle/entry-history";
import { judgeDecisions, type Judged } from "~/trading/cycle/judge-decisions";
import { viewPortfolio } from "~/trading/cycle/view-portfolio";
import { invariant } from "~/trading/invariant";
import { decisionTimeframes } from "~/trading/decision/decide";
import type { AssessedDecision } from "~/trading/risk/assess-decisions";
import type { NewsView } from "~/trading/risk/basis/news-view";
import { findMarket, type BotContext, type BotMarket } from "../bot-context";
import { loadPastEvents } from "../books/entry-history";
import type { BotBooks } from "../books/bot-books";
import { loadMarketViews } from "../market/market-views";
import { readLastCandles } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import { askPast } from "./ask-past";
import type { CycleRef } from "./cycle-ref";
import { newDesk } from "./desk";
import { loadDecisions, type StoredDecision } from "./load-decisions";
import { readNews } from "./read-news";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { writeVerdicts } from "./save-verdicts";
import { startAtDesk } from "./start-at-desk";

export type RiskApplied = { readonly passed: number; readonly rejected: number };

type RiskPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts" | "news">;

type Gathered = Pick<Judged, "views" | "series"> & { readonly news: NewsView };

/** The markets whose returns are correlated: those of the settings, and others with an open position. */
const findCorrelated = ({ markets, heldMarkets }: BotContext, { positions }: BotBooks): BotMarket[] => [
  ...markets,
  ...heldMarkets.filter(({ id }) => positions.some(({ marketId }) => marketId === id)),
];

type Judging = {
  readonly slot: number;
  readonly stored: readonly StoredDecision[];
  readonly books: BotBooks;
  readonly past: PastEvents | null;
};

const gather = async (ports: RiskPorts, context: BotContext, { slot, stored, books }: Judging): Promise<Gathered> => {
  const { settings, venue } = context;
  const wanted = { ...decisionTimeframes(settings)[0], closedBy: slot };
  const series = await Promise.all(
    findCorrelated(context, books).map(
      async (market) => [market.id, await readLastCandles(ports, { ...market, venue }, wanted)] as const,
    ),
  );
  const markets = stored.flatMap(({ marketId }) => findMarket(context, marketId) ?? []);
  const views = await loadMarketViews(ports, context, { slot, markets, positions: books.positions });
  return { views, series: new Map(series), news: await readNews(ports, settings.risk, slot) };
};

/** All of it by these books: where they change, all is gathered and judged again. */
const judge = async (ports: RiskPorts, context: BotContext, judging: Judging): Promise<AssessedDecision[]> => {
  const { slot, stored, books } = judging;
  const gathered = await gather(ports, context, judging);
  const { botId, settings, account, initialCapital } = context;
  const { positions, kept } = books;
  const { balances, memory, tradingState } = kept;
  const past = judging.past ?? (await loadPastEvents(ports.db, botId, askPast(context, slot, stored)));
  return judgeDecisions({
    time: slot,
    settings,
    isLive: account.kind === "live",
    tradingState,
    decisions: stored,
    portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, slot),
    past,
    ...gathered,
  });
};

/**
 * Stage 4: the one gate. Judges the cycle's decisions on the bot's books, and commits verdicts and order intents before
 * any order is sent, only where under the bot's lock the books are still those.
 */
export const applyRisk = async (ports: RiskPorts, cycle: CycleRef, desk = newDesk()): Promise<RiskApplied> => {
  const at = await startAtDesk<RiskApplied>(ports, { cycle, stage: "apply-risk", desk });
  const { run, context } = at;
  if (at.returned) return at.returned;
  const stored = desk.decisions ?? (await loadDecisions(ports.db, cycle.cycleId));
  const pass = async (books: BotBooks) => {
    const past = books === desk.reading?.books ? desk.past : null;
    const assessed = await judge(ports, context, { slot: cycle.slot, stored, books, past });
    const result = {
      passed: assessed.filter(({ order }) => order !== null).length,
      rejected: assessed.filter(({ verdict }) => verdict?.outcome === "rejected").length,
    };
    return { result, writes: writeVerdicts({ context, cycle, newId: ports.newId, stored, when: MAY_WRITE }, assessed) };
  };
  const applied = await saveOnBooks(ports.db, run, pass);
  invariant(applied, "the gate writes in one statement");
  return applied;
};
