import type { BotSettings } from "~/trading/bot-settings";
import { isControl } from "~/trading/decision/is-control";
import { decimal, type Decimal } from "~/trading/money";
import type {
  Books,
  EntryFold,
  EquityRecord,
  KeptFigure,
  OpenPosition,
  OrderFold,
  PositionFold,
} from "~/trading/invariants/books";
import { balancesOf, type LedgerAccount } from "~/trading/portfolio/ledger";
import type { BooksJson as Json, OrdersJson } from "./books-json";

type Amounts = Record<string, string | null>;

const amount = (value: string | null | undefined): Decimal => decimal(value ?? 0);

const amountOrNull = (value: string | null | undefined): Decimal | null =>
  value === null || value === undefined ? null : decimal(value);

const LEDGER_NAMES: Record<string, LedgerAccount> = {
  "realized-pnl": "realizedPnl",
  "model-cost": "modelCost",
  "model-bill": "modelBill",
};

const toBalances = (sums: Amounts) =>
  balancesOf(
    Object.entries(sums).map(([name, sum]) => ({
      account: LEDGER_NAMES[name] ?? (name as LedgerAccount),
      amount: amount(sum),
    })),
  );

const toPosition = (row: Json["positions"][number]): PositionFold => ({
  positionId: row["id"] ?? "",
  side: row.side,
  isClosed: row.isClosed,
  quantity: amount(row["quantity"]),
  entryPrice: amount(row["entryPrice"]),
  entryQuantity: amount(row["entryQuantity"]),
  entryValue: amount(row["entryValue"]),
  exitQuantity: amount(row["exitQuantity"]),
  exitValue: amount(row["exitValue"]),
  entryFills: row.entryFills,
  exitFills: row.exitFills,
  realizedPnl: amount(row["realizedPnl"]),
});

/** The settings of a version of a bot's; null: of an unknown one. */
export type VersionedSettings = (version: number | null) => Pick<BotSettings, "mode" | "risk">;

const toOpenPosition = (row: Json["openPositions"][number], settingsOf: VersionedSettings): OpenPosition => ({
  id: row["id"] ?? "",
  pair: row["pair"] ?? "",
  side: row.side,
  quantity: amount(row["quantity"]),
  entryPrice: amount(row["entryPrice"]),
  leverage: amount(row["leverage"]),
  margin: amount(row["margin"]),
  stopLoss: amountOrNull(row["stopLoss"]),
  takeProfit: amountOrNull(row["takeProfit"]),
  openedAt: row.openedAt,
  settledThrough: row.settledThrough,
  mark: amount(row["mark"]),
  markedAt: row.markedAt,
  stopMovedAt: row.stopMovedAt,
  isOfControl: isControl(settingsOf(row.settingsVersion)),
  limits: settingsOf(row.settingsVersion).risk,
});

const toOrder = (row: Amounts): OrderFold => ({
  clientOrderId: row["clientOrderId"] ?? "",
  status: row["status"] ?? "",
  quantity: amount(row["quantity"]),
  filledQuantity: amount(row["filledQuantity"]),
  fillsQuantity: amount(row["fillsQuantity"]),
});

const toEntry = (row: Json["entries"][number], settingsOf: VersionedSettings): EntryFold => ({
  clientOrderId: row["clientOrderId"] ?? "",
  cycleId: row["cycleId"] ?? "",
  at: row.at,
  side: row.side,
  leverage: amount(row["leverage"]),
  quantity: amount(row["quantity"]),
  judgedQuantity: amountOrNull(row["judgedQuantity"]),
  verdict: row["verdict"] ?? null,
  failedChecks: row.failedChecks,
  price: amountOrNull(row["price"]),
  stopLoss: amountOrNull(row["stopLoss"]),
  limits: settingsOf(row.settingsVersion).risk,
});

const toEquity = (row: Amounts & { at: number }): EquityRecord => ({
  at: row.at,
  equity: amount(row["equity"]),
  cash: amount(row["cash"]),
  margin: amount(row["margin"]),
  unrealizedPnl: amount(row["unrealizedPnl"]),
});

const toKept = ({ name, kept, fold }: Json["kept"][number]): KeptFigure => ({
  name,
  kept: amountOrNull(kept),
  fold: amountOrNull(fold),
});

/** Orders and what came of them as the invariants read them. */
export const toOrders = (
  { positions, orders, entries }: OrdersJson,
  settingsOf: VersionedSettings,
): Pick<Books, "positions" | "orders" | "entries"> => ({
  positions: positions.map(toPosition),
  orders: orders.map(toOrder),
  entries: entries.map((row) => toEntry(row, settingsOf)),
});

/** The books as the invariants of one bot read them. */
export const toBooks = (json: Json, settingsOf: VersionedSettings): Books => ({
  balances: toBalances(json.balances),
  unbalancedTransactions: json.unbalanced,
  openPositions: json.openPositions.map((row) => toOpenPosition(row, settingsOf)),
  ...toOrders(json, settingsOf),
  repeatedClientOrderIds: json.repeatedClientOrderIds,
  repeatedFillIds: json.repeatedFillIds,
  equity: json.equity.map(toEquity),
  movement: toBalances(json.movement),
  postedThrough: json.postedThrough,
  kept: json.kept.map(toKept),
  slots: json.slots,
  lease: json.lease,
});
