import type { MarketDecision } from "../decision/basis/market-decision";
import { isDecisionDue } from "../decision/decide";
import { isControl } from "../decision/is-control";
import { rememberEquity, type EquityMemory } from "../portfolio/equity-memory";
import type { Balances } from "../portfolio/ledger";
import { markEquity, type EquityPoint } from "../portfolio/mark-equity";
import { isQuietlySettled } from "../settlement/settled-events";
import { settlePosition, type Settled } from "../settlement/settle-position";
import { askedOfModel } from "./decide-by-model";
import { askMarkets } from "./ask-markets";
import type { BotState, HeldPosition } from "./bot-state";
import { keepLegs } from "./keep-legs";
import { releaseControl } from "./release-control";
import { settlementTermsIn, type AskMode, type SlotMarkets } from "./slot-market";
import { tickIn, trailPositions } from "./trail-positions";
import type { BotSlot } from "./trade-slot";
import { watchDrawdown, type DrawdownAlert } from "./watch-drawdown";

type LookPosition = Omit<HeldPosition, "past">;

/** What a look reads of a bot. */
export type LookState<Held extends LookPosition> = Pick<
  BotState,
  "initialCapital" | "currency" | "tradingState" | "lastDoneSlot" | "equity"
> & { readonly balances: Pick<Balances, "cash" | "margin">; readonly positions: readonly Held[] };

/** Why a slot needs a run of the bot's own. */
export type RunReason = "halted" | "release" | "entry" | "exit" | "funding" | "model" | "decision" | "drawdown";

/** A slot that brings a bot nothing but new marks, or one that needs a run. */
export type BotLook<Held extends LookPosition = LookPosition> =
  | {
      readonly outcome: "quiet";
      /** The open positions, settled through the slot and marked. */
      readonly positions: readonly Held[];
      /** Holds, one a market that had something to decide. */
      readonly decisions: readonly MarketDecision[];
      readonly point: EquityPoint;
      readonly memory: EquityMemory;
      /** A warning that may have been told before: untold, it needs a run. */
      readonly alert: DrawdownAlert | null;
    }
  | { readonly outcome: "run"; readonly reason: RunReason };

const run = (reason: RunReason) => ({ outcome: "run" as const, reason });

const reasonOf = ({ entries, exits }: Pick<Settled, "entries" | "exits">): RunReason => {
  if (exits.length > 0) return "exit";
  return entries.length > 0 ? "entry" : "funding";
};

/** The positions moved through the slot; or why one of them needs a run. */
const settleQuietly = <Held extends LookPosition>(
  { positions, tradingState }: LookState<Held>,
  { time }: BotSlot,
  { finestTimeframe: timeframe, traded, held }: SlotMarkets,
): readonly Held[] | RunReason => {
  const settled: Held[] = [];
  for (const open of positions) {
    const position = keepLegs(open, tradingState);
    if (releaseControl(position, isControl(position.openedBy)) !== position) return "release";
    const market = [...traded, ...held].find(({ id }) => id === position.marketId);
    const candles = market?.candles({ timeframe, from: position.settledThrough, closedBy: time }) ?? [];
    const terms = { timeframe, ...settlementTermsIn(market), time };
    const { entries, exits, funding, ...moved } = settlePosition(position, candles, terms);
    if (!isQuietlySettled({ entries, exits, funding })) return reasonOf({ entries, exits });
    settled.push({ ...position, ...moved });
  }
  return settled;
};

const findDue = (
  { positions, balances, lastDoneSlot }: LookState<LookPosition>,
  { time, settings }: BotSlot,
  { traded, held }: SlotMarkets,
) =>
  askMarkets({ settings, traded, held, positions, balances }).filter((asked) =>
    isDecisionDue(asked.settings, { slot: time, lastDoneSlot }),
  );

/**
 * Looks at a bot at a slot: where it is quiet, `advanceBot` would hold, mark the same point and do nothing else. What
 * would open, close, alert or change its state needs a run, which starts from the books as they were.
 */
export const lookAtBot = <Held extends LookPosition>(
  state: LookState<Held>,
  slot: BotSlot,
  markets: SlotMarkets & { readonly ask: AskMode },
): BotLook<Held> => {
  const { currency, initialCapital, tradingState, balances } = state;
  if (tradingState === "halted") return run("halted");
  const settled = settleQuietly(state, slot, markets);
  if (typeof settled === "string") return run(settled);
  const due = findDue({ ...state, positions: settled }, slot, markets);
  // Whatever it answers, a question may cost money, so that a stage of its own asks it.
  const ofModel = askedOfModel({ tradingState, positions: settled }, { settings: slot.settings, due });
  if (ofModel.length > 0) return run("model");
  const decisions = due.map((asked) => ({ marketId: asked.market.id, decision: markets.ask(asked) }));
  if (decisions.some(({ decision }) => decision.action !== "hold")) return run("decision");
  const positions = trailPositions(settled, { decisions, tickOf: tickIn(markets) });
  const point = markEquity(
    { balances, positions },
    { peak: state.equity?.last.peak ?? null, initialCapital },
    slot.time,
  );
  const { equity, peak } = point;
  const { risk: limits } = slot.settings;
  const watch = { equity, peak, currency, limits, tradingState, isControl: isControl(slot.settings) };
  const watched = watchDrawdown(watch);
  if (watched.tradingState !== tradingState) return run("drawdown");
  const memory = rememberEquity(state.equity, { at: slot.time, equity, peak });
  return { outcome: "quiet", positions, decisions, point, memory, alert: watched.alert };
};
