import { judgeDecisions, type Judged } from "~/trading/cycle/judge-decisions";
import { viewPortfolio } from "~/trading/cycle/view-portfolio";
import { invariant } from "~/trading/invariant";
import { decisionTimeframes } from "~/trading/decision/decide";
import type { AssessedDecision } from "~/trading/risk/assess-decisions";
import { findMarket, type BotContext, type BotMarket } from "../bot-context";
import { loadPastEvents } from "../books/entry-history";
import type { BotBooks } from "../books/bot-books";
import { loadOpenPositions } from "../books/positions";
import type { Database } from "../db/client";
import { loadMarketViews } from "../market/market-views";
import { readLastCandles } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { loadDecisions, type StoredDecision } from "./load-decisions";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { startStage } from "./start-stage";
import { writeVerdicts } from "./save-verdicts";

export type RiskApplied = { readonly passed: number; readonly rejected: number };

type RiskPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts">;

type Gathered = Pick<Judged, "views" | "series">;

/** The markets whose returns are correlated: those of the settings, and others with an open position. */
const findCorrelated = async (db: Database, { botId, markets, heldMarkets }: BotContext): Promise<BotMarket[]> => {
  if (heldMarkets.length === 0) return [...markets];
  const open = await loadOpenPositions(db, botId);
  return [...markets, ...heldMarkets.filter(({ id }) => open.some(({ marketId }) => marketId === id))];
};

type Judging = { readonly slot: number; readonly stored: readonly StoredDecision[] };

const gather = async (ports: RiskPorts, context: BotContext, { slot, stored }: Judging): Promise<Gathered> => {
  const { settings, venue } = context;
  const wanted = { ...decisionTimeframes(settings)[0], closedBy: slot };
  const correlated = await findCorrelated(ports.db, context);
  const series = await Promise.all(
    correlated.map(async (market) => [market.id, await readLastCandles(ports, { ...market, venue }, wanted)] as const),
  );
  const markets = stored.flatMap(({ marketId }) => findMarket(context, marketId) ?? []);
  const views = await loadMarketViews(ports, context, { slot, markets });
  return { views, series: new Map(series) };
};

const judge = async (
  db: Database,
  context: BotContext,
  { slot, stored, views, series, books }: Gathered & Judging & { readonly books: BotBooks },
): Promise<AssessedDecision[]> => {
  const { botId, settings, account, initialCapital } = context;
  const { positions, kept } = books;
  const { balances, memory, tradingState } = kept;
  const decided = stored.map(({ marketId, decision: { decidedCandle } }) => ({ marketId, decidedCandle }));
  const past = await loadPastEvents(db, botId, { slot, limits: settings.risk, decided });
  return judgeDecisions({
    time: slot,
    settings,
    isLive: account.kind === "live",
    tradingState,
    decisions: stored,
    portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, slot),
    past,
    views,
    series,
  });
};

/**
 * Stage 4: the one gate. Judges the cycle's decisions on the bot's books, and commits verdicts and order intents before
 * any order is sent, only where under the bot's lock the books are still those.
 */
export const applyRisk = async (ports: RiskPorts, cycle: CycleRef): Promise<RiskApplied> => {
  const stage = startStage(cycle, "apply-risk");
  const context = await ports.contexts.ofCycle(cycle);
  const stored = await loadDecisions(ports.db, cycle.cycleId);
  const judging = { slot: cycle.slot, stored };
  const gathered = await gather(ports, context, judging);
  const applied = await saveOnBooks(ports.db, stage, async (books) => {
    const assessed = await judge(ports.db, context, { ...gathered, ...judging, books });
    const result = {
      passed: assessed.filter(({ order }) => order !== null).length,
      rejected: assessed.filter(({ verdict }) => verdict?.outcome === "rejected").length,
    };
    return { result, writes: writeVerdicts({ context, cycle, newId: ports.newId, stored, when: MAY_WRITE }, assessed) };
  });
  invariant(applied, "the gate writes in one statement");
  return applied;
};
