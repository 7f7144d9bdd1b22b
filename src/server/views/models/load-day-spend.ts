import { toPlain } from "~/trading/money";
import { fromColumn } from "../../db/amounts";
import type { Ports } from "../../ports";
import type { OwnBotId } from "../../tenant/own-id";

/** The UTC day of a wall time. */
export const dayOf = (wallMs: number): Date => new Date(new Date(wallMs).toISOString().slice(0, 10));

type DaySpend = { readonly spent: string; readonly calls: number };

export const toDaySpend = (row: { spent: { toString(): string }; calls: number } | null): DaySpend =>
  row ? { spent: toPlain(fromColumn(row.spent)), calls: row.calls } : { spent: "0", calls: 0 };

/** What a bot spent today (UTC, wall time), with what is set aside for calls under way. */
export const loadDaySpend = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  botId: OwnBotId,
): Promise<DaySpend> =>
  toDaySpend(await db.modelSpend.findFirst({ where: { scope: "bot", scopeId: botId, day: dayOf(wallNow()) } }));
