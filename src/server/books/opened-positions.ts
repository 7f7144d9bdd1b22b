import type { BotSettings } from "~/trading/bot-settings";
import type { MarketRules } from "~/trading/ports";
import { Prisma } from "../db/prisma";
import type { SettingsOf } from "./settings-by-key";
import { IS_ENTERING } from "./bot-status-sql";
import { planOf, positionAmounts, type PositionColumns, type StoredPosition } from "./positions";

/** An open position with its market, the settings that opened it and their key. */
export type OpenedPosition = StoredPosition & {
  readonly openedBy: BotSettings;
  readonly settingsKey: string;
  readonly marketType: MarketRules["marketType"];
  readonly tick: string;
  readonly lot: string;
};

/** As `OPENED_POSITIONS` gives it: amounts as text, times in ms. */
export type OpenedJson = Omit<PositionColumns, "openedAt" | "markedAt"> & {
  readonly marketId: number;
  readonly settingsVersion: number;
  readonly settingsKey: string;
  readonly marketType: MarketRules["marketType"];
  readonly tick: string;
  readonly lot: string;
  readonly exitPlan: unknown;
  readonly mayEnter: boolean;
  readonly openedAt: number;
  readonly markedAt: number;
  readonly settledThrough: number;
};

/** The open positions of the bot `b` of a query, in the order of their opening; null where it has none. */
export const OPENED_POSITIONS = Prisma.sql`(SELECT json_agg(json_build_object('id', o.id, 'marketId', o.market_id,
    'pair', k.pair, 'marketType', k.market_type, 'tick', k.tick::text, 'lot', k.lot::text, 'side', o.side, 'quantity', o.quantity::text, 'entryPrice', o.entry_price::text,
    'leverage', o.leverage::text, 'margin', o.margin::text, 'stopLoss', o.stop_loss::text, 'takeProfit', o.take_profit::text,
    'mark', o.mark::text, 'openedAt', extract(epoch FROM o.opened_at) * 1000, 'markedAt', extract(epoch FROM o.marked_at) * 1000,
    'settledThrough', extract(epoch FROM o.settled_through) * 1000, 'settingsVersion', o.settings_version,
    'settingsKey', md5(v.settings::text), 'exitPlan', o.exit_plan,
    'mayEnter', ${IS_ENTERING}) ORDER BY o.opened_at, o.market_id)
  FROM positions o JOIN markets k ON k.id = o.market_id
  JOIN bot_settings v ON v.bot_id = o.bot_id AND v.version = o.settings_version
  WHERE o.bot_id = b.id AND o.closed_at IS NULL)`;

/** Throws where the settings or the exit plan cannot be read. */
export const toOpened = (row: OpenedJson, settingsOf: SettingsOf): OpenedPosition => {
  const openedBy = settingsOf(row.settingsKey);
  return {
    ...row,
    ...positionAmounts({ ...row, openedAt: new Date(row.openedAt), markedAt: new Date(row.markedAt) }),
    exitPlan: planOf(row),
    openedBy,
    matching: openedBy.matching,
  };
};

type Keyed = { readonly botId: string; readonly settingsKey: string; readonly positions: readonly OpenedJson[] | null };

/** The keys of all settings that bots or their positions go by. */
export const settingsKeysOf = (rows: readonly Keyed[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({ settingsKey, positions }) => [settingsKey, ...(positions ?? []).map((each) => each.settingsKey)]),
  );
