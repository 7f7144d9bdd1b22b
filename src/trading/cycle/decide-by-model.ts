import type { BotSettings } from "../bot-settings";
import { analyse, decisionTimeframes } from "../decision/decide";
import type { Decision } from "../decision/basis/decision";
import { NOTHING_OUTSIDE } from "../decision/asking/outside-facts";
import { PLAIN_DELIMITER } from "../decision/asking/write-prompt";
import { lastCandles } from "../market/candle-range";
import type { BotState, HeldPosition } from "./bot-state";
import { asksModel, mayFollow, writeModelQuestion, type ModelQuestion } from "./model-question";
import type { AskedMarket, AskedSettings } from "./ask-markets";
import { decideAnalysed } from "./decide-market";
import type { SlotMarket, SlotMarkets } from "./slot-market";
import { viewPortfolio } from "./view-portfolio";

type Asked = AskedMarket<SlotMarket, HeldPosition>;
type Slot = { readonly time: number; readonly settings: BotSettings };

/** Those of the due markets that a model is asked about: none where the bot's present mode asks none. */
export const askedOfModel = <Each extends { readonly settings: AskedSettings }>(
  state: Pick<BotState, "tradingState"> & { readonly positions: readonly unknown[] },
  { settings, due }: { readonly settings: AskedSettings; readonly due: readonly Each[] },
): Each[] => (asksModel(settings) && mayFollow(state) ? due.filter((each) => asksModel(each.settings)) : []);

const analyseIn = ({ market: { candles }, settings }: Asked, time: number) => {
  const series = decisionTimeframes(settings).map((wanted) => candles(lastCandles({ ...wanted, closedBy: time })));
  return analyse({ settings, time, series });
};

type Read = Asked & { readonly analysis: ReturnType<typeof analyseIn> };

const questionOf = (state: BotState, { time, settings }: Slot, read: readonly Read[]): ModelQuestion | null => {
  const { initialCapital, balances, positions, equity: memory, tradingState } = state;
  return writeModelQuestion({
    settings,
    time,
    tradingState,
    markets: read.map(({ market: { rules, shown }, ...asked }) => ({
      pair: rules.pair,
      takerFeeRate: rules.takerFeeRate,
      settings: asked.settings,
      analysis: asked.analysis,
      shown,
    })),
    portfolio: viewPortfolio({ initialCapital, balances, positions, memory }, time),
    outside: NOTHING_OUTSIDE,
    delimiter: PLAIN_DELIMITER,
  });
};

/**
 * What is decided by what a model answers, by the market's id: one question for all of them. The books must be settled
 * through the slot.
 */
export const decideByModel = (
  state: BotState,
  slot: Slot,
  { due, markets }: { readonly due: readonly Asked[]; readonly markets: SlotMarkets },
): ReadonlyMap<number, Decision> => {
  const read = askedOfModel(state, { settings: slot.settings, due }).map((asked) => ({
    ...asked,
    analysis: analyseIn(asked, slot.time),
  }));
  const question = questionOf(state, slot, read);
  const told = question === null ? undefined : markets.askModel?.(question);
  return new Map(
    read.map(({ market: { id, rules }, settings, position: held, mayAdd, analysis }) => {
      const wasHeld = state.heldBefore.includes(id);
      return [id, decideAnalysed({ pair: rules.pair, settings, analysis, held, mayAdd, wasHeld, told })];
    }),
  );
};
