import type { PastEvents } from "~/trading/cycle/entry-history";
import { judgeDecisions, type Judged } from "~/trading/cycle/judge-decisions";
import { viewPortfolio } from "~/trading/cycle/view-portfolio";
import { proposeEntries } from "~/trading/approval/propose-entries";
import { invariant } from "~/trading/invariant";
import { decisionTimeframes } from "~/trading/decision/decide";
import type { AssessedDecision } from "~/trading/risk/assess-decisions";
import type { TradeLock } from "~/trading/risk/basis/trade-lock";
import type { NewsView } from "~/trading/risk/basis/news-view";
import { findMarket, type BotContext, type BotMarket } from "../bot-context";
import { loadPastEvents } from "../books/entry-history";
import type { BotBooks } from "../books/bot-books";
import { loadUserRisk, type UserRisk, type UserRiskRef } from "../books/user-risk";
import { loadMarketViews } from "../market/market-views";
import { lastCandles } from "~/trading/market/candle-range";
import { readStoredMarket } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import type { StoredMarket } from "../ports/candle-store";
import { askPast } from "./ask-past";
import type { CycleRef } from "./cycle-ref";
import { newDesk } from "./desk";
import { loadDecisions, type StoredDecision } from "./load-decisions";
import { readNews } from "./read-news";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { insertProposals } from "./save-proposals";
import { writeVerdicts } from "./save-verdicts";
import { startAtDesk } from "./start-at-desk";

export type RiskApplied = { readonly passed: number; readonly rejected: number };

type RiskPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts" | "news" | "wallNow">;

type Gathered = Pick<Judged, "views" | "series"> & { readonly news: NewsView };

const toStored = ({ id, rules: { pair, marketType } }: BotMarket): StoredMarket => ({ id, pair, marketType });

/** The markets whose returns are correlated: those of the settings, and others with an open position, also of others. */
const findCorrelated = ({ markets, heldMarkets }: BotContext, { books, user }: Judging): StoredMarket[] => {
  const held = heldMarkets.filter(({ id }) => books.positions.some(({ marketId }) => marketId === id));
  const own = [...markets, ...held].map(toStored);
  return [...own, ...user.markets.filter(({ id }) => own.every((market) => market.id !== id))];
};

type Judging = {
  readonly slot: number;
  readonly stored: readonly StoredDecision[];
  readonly books: BotBooks;
  readonly past: PastEvents | null;
  readonly user: Pick<UserRisk, "view" | "markets">;
  readonly locks: readonly TradeLock[];
  readonly isToldToCease: boolean;
};

const gather = async (ports: RiskPorts, context: BotContext, judging: Judging): Promise<Gathered> => {
  const { settings, venue } = context;
  const { slot, stored } = judging;
  const range = lastCandles({ ...decisionTimeframes(settings)[0], closedBy: slot });
  const series = await Promise.all(
    findCorrelated(context, judging).map(
      async (market) => [market.id, await readStoredMarket(ports, { ...market, venue }, range)] as const,
    ),
  );
  const markets = stored.flatMap(({ marketId }) => findMarket(context, marketId) ?? []);
  const views = await loadMarketViews(ports, context, { slot, markets, positions: judging.books.positions });
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
    tradingState: judging.isToldToCease && tradingState === "active" ? "reducing" : tradingState,
    decisions: stored,
    portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, slot),
    past,
    user: judging.user.view,
    locks: judging.locks,
    ...gathered,
  });
};

/** Nothing is asked where nothing is to be entered, or where the user limits nothing, as was read with the books. */
const readUser = async (
  ports: RiskPorts,
  context: BotContext,
  { slot, stored, known }: Pick<Judging, "slot" | "stored"> & { readonly known: UserRiskRef | null },
): Promise<UserRisk> => {
  const isAsked = stored.some(({ decision }) => decision.action === "open");
  if (known && (!isAsked || !known.isLimited)) return { ...known, view: null, markets: [] };
  return loadUserRisk(ports.db, context, slot);
};

/**
 * Stage 4: the one gate. Judges the cycle's decisions on the bot's books, and commits verdicts and order intents before
 * any order is sent, only where under the bot's lock the books are still those, and under the user's what was read of it.
 */
export const applyRisk = async (ports: RiskPorts, cycle: CycleRef, desk = newDesk()): Promise<RiskApplied> => {
  const at = await startAtDesk<RiskApplied>(ports, { cycle, stage: "apply-risk", desk });
  const { run, context } = at;
  if (at.returned) return at.returned;
  const { locks, isToldToCease } = at.reading;
  const stored = desk.decisions ?? (await loadDecisions(ports.db, cycle.cycleId));
  const pass = async (books: BotBooks) => {
    const isAtHand = books === desk.reading?.books;
    const { slot } = cycle;
    const known = isAtHand ? (desk.reading?.userRisk ?? null) : null;
    const user = await readUser(ports, context, { slot, stored, known });
    const judged = await judge(ports, context, {
      slot,
      stored,
      books,
      past: isAtHand ? desk.past : null,
      user,
      locks,
      isToldToCease,
    });
    const { assessed, proposals } = proposeEntries(judged, context.settings.approval);
    const result = {
      passed: assessed.filter(({ order }) => order !== null).length,
      rejected: assessed.filter(({ verdict }) => verdict?.outcome === "rejected").length,
    };
    const hasEntry = assessed.some(({ order }) => order?.purpose === "entry");
    const { version, isLimited } = user;
    const claim = hasEntry ? { userId: context.userId, version, isLimited } : null;
    return {
      result,
      claim,
      writes: [
        ...writeVerdicts({ context, cycle, newId: ports.newId, stored, when: MAY_WRITE }, assessed),
        ...insertProposals({ context, cycle, ports, stored }, proposals),
      ],
    };
  };
  const applied = await saveOnBooks(ports.db, run, pass);
  invariant(applied, "the gate writes in one statement");
  return applied;
};
