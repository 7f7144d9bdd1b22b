import type { ModeName } from "../../src/trading/decision/modes/registry";
import type { BotSettings } from "../../src/trading/bot-settings";
import { secondOf } from "../../src/trading/execution/matching";
import { FUNDING_INTERVAL_MS } from "../../src/trading/settlement/funding";
import { decimal, sumOf, toPlain } from "../../src/trading/money";
import type { DecisionCounts } from "./count-decisions";

export type Amount = string;

export type ReportedTrade = {
  readonly pair: string;
  readonly side: string;
  readonly quantity: Amount;
  readonly entryPrice: Amount;
  readonly entryTime: string;
  readonly exitPrice: Amount;
  readonly exitTime: string;
  readonly grossPnl: Amount;
  readonly fees: Amount;
  /** An amount where it is booked, by matching version 2; else "unknown", or "none" on spot. */
  readonly funding: string;
  readonly slippage: Amount;
  readonly realizedPnl: Amount;
  readonly exitReason: string;
};

type OpenPosition = Readonly<Record<string, Amount>>;

/**
 * What a replay and a backtest report of a bot. It has no ids or wall times and is fully ordered: the same run gives the
 * same bytes.
 */
export type ReplayReport = {
  readonly from: string;
  readonly to: string;
  readonly mode: ModeName;
  readonly pairs: readonly string[];
  readonly intervalSeconds: number;
  readonly initialCapital: Amount;
  readonly warmupUntil: string | null;
  readonly trades: readonly ReportedTrade[];
  readonly openPositions: readonly OpenPosition[];
  readonly equity: readonly { readonly time: string; readonly value: Amount }[];
  readonly decisions: DecisionCounts;
  /**
   * Swaps pay funding, which the recording lacks: the effect of 0.01 % per 8 h either way, over all trades. `stated`:
   * they paid the bot's own rate, and `paid` is what that came to, negative where they paid more than they got.
   */
  readonly funding: {
    readonly status: "unknown" | "none" | "stated";
    readonly ratePer8h?: number;
    readonly paid?: Amount;
    readonly payments: number;
    readonly low: Amount;
    readonly high: Amount;
  };
  readonly invariants: { readonly checked: number; readonly broken: number; readonly breaches: readonly string[] };
  readonly cycles: {
    readonly done: number;
    readonly skipped: Record<string, number>;
    readonly failed: number;
    readonly abandoned: number;
  };
};

const FUNDING_RATE_ASSUMED = "0.0001";

export const amount = (value: { toString(): string }): Amount => toPlain(decimal(value.toString()));

type Figure = { toString(): string };

/** A closed trade as it is stored or was booked; times in ms of venue time. */
type ClosedTrade = {
  readonly pair: string;
  readonly side: string;
  readonly quantity: Figure;
  readonly entryPrice: Figure;
  readonly enteredAt: number;
  readonly exitPrice: Figure;
  readonly exitedAt: number;
  readonly grossPnl: Figure;
  readonly fees: Figure;
  readonly funding: Figure;
  readonly slippage: Figure;
  readonly realizedPnl: Figure;
  readonly exitReason: string;
};

export const isoOf = (time: number): string => new Date(time).toISOString();

/** Trades in the order of their entries, exits and pairs. */
export const sortTrades = <Trade extends Pick<ClosedTrade, "enteredAt" | "exitedAt" | "pair">>(
  trades: readonly Trade[],
): Trade[] => {
  const key = ({ enteredAt, exitedAt, pair }: Trade): string => [isoOf(enteredAt), isoOf(exitedAt), pair].join(" ");
  return trades.toSorted((first, second) => (key(first) < key(second) ? -1 : 1));
};

type Funded = Pick<BotSettings, "marketType" | "matching">;

const fundingOf = ({ funding }: ClosedTrade, { marketType, matching }: Funded): ReportedTrade["funding"] => {
  if (marketType === "spot") return "none";
  return secondOf(matching) ? amount(funding) : "unknown";
};

export const reportTrade = (trade: ClosedTrade, settings: Funded): ReportedTrade => ({
  pair: trade.pair,
  side: trade.side,
  quantity: amount(trade.quantity),
  entryPrice: amount(trade.entryPrice),
  entryTime: isoOf(trade.enteredAt),
  exitPrice: amount(trade.exitPrice),
  exitTime: isoOf(trade.exitedAt),
  grossPnl: amount(trade.grossPnl),
  fees: amount(trade.fees),
  funding: fundingOf(trade, settings),
  slippage: amount(trade.slippage),
  realizedPnl: amount(trade.realizedPnl),
  exitReason: trade.exitReason,
});

/** Funding is due at 00, 08 and 16 UTC on the positions held then. */
export const fundingRange = (trades: readonly ClosedTrade[], settings: Funded): ReplayReport["funding"] => {
  if (settings.marketType === "spot") return { status: "none", payments: 0, low: "0", high: "0" };
  const held = trades.map((trade) => ({
    payments: Math.floor(trade.exitedAt / FUNDING_INTERVAL_MS) - Math.floor(trade.enteredAt / FUNDING_INTERVAL_MS),
    value: decimal(trade.entryPrice.toString()).times(trade.quantity.toString()),
  }));
  const moved = sumOf(
    held.map(({ payments, value }) => value.times(payments).times(FUNDING_RATE_ASSUMED)),
  ).toDecimalPlaces(8);
  const payments = held.reduce((sum, trade) => sum + trade.payments, 0);
  const range = { payments, low: toPlain(moved.neg()), high: toPlain(moved) };
  const second = secondOf(settings.matching);
  if (second === null) return { status: "unknown", ...range };
  const paid = amount(sumOf(trades.map(({ funding }) => decimal(funding.toString()))));
  return { status: "stated", ratePer8h: second.fundingRatePer8h, paid, ...range };
};

type HeldPosition = {
  readonly pair: string;
  readonly side: string;
  readonly quantity: Figure;
  readonly entryPrice: Figure;
  readonly openedAt: number;
  readonly mark: Figure;
  readonly stopLoss: Figure | null;
  readonly takeProfit: Figure | null;
};

export const reportPosition = (position: HeldPosition): OpenPosition => ({
  pair: position.pair,
  side: position.side,
  quantity: amount(position.quantity),
  entryPrice: amount(position.entryPrice),
  entryTime: isoOf(position.openedAt),
  mark: amount(position.mark),
  stopLoss: position.stopLoss === null ? "" : amount(position.stopLoss),
  takeProfit: position.takeProfit === null ? "" : amount(position.takeProfit),
});
