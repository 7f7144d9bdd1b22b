import type { ProposedEntry } from "~/trading/approval/propose-entries";
import { invariant } from "~/trading/invariant";
import { MINUTE_MS } from "~/trading/market/duration";
import { findMarket, type BotContext } from "../bot-context";
import { toColumn } from "../db/amounts";
import { insertRows } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";
import type { Told } from "../live/append-live-event";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import type { StoredDecision } from "./load-decisions";
import { MAY_WRITE } from "./save-stage";

type Saving = {
  readonly context: BotContext;
  readonly cycle: CycleRef;
  readonly ports: Pick<Ports, "newId" | "wallNow">;
  readonly stored: readonly StoredDecision[];
};
type Writes = { readonly writes: readonly Prisma.Sql[]; readonly told?: readonly Told[] };

const toRow = ({ context, cycle, ports, stored }: Saving, entry: ProposedEntry) => {
  const { settings, botId, settingsVersion } = context;
  const decision = stored.find(({ marketId }) => marketId === entry.marketId);
  invariant(decision && settings.approval, "a proposal has a decision, and a bot that asks");
  const at = new Date(cycle.slot);
  return {
    id: ports.newId(),
    bot_id: botId,
    decision_id: decision.id,
    market_id: entry.marketId,
    side: entry.side,
    settings_version: settingsVersion,
    reference_price: toColumn(entry.referencePrice),
    stop_loss: toColumn(entry.stopLoss),
    take_profit: toColumn(entry.takeProfit),
    quantity: toColumn(entry.quantity),
    notional: toColumn(entry.notional),
    risk: toColumn(entry.risk),
    band_low: toColumn(entry.bandLow),
    band_high: toColumn(entry.bandHigh),
    proposed_at: at,
    watched_through: at,
    created_at: new Date(ports.wallNow()),
    expires_at: new Date(ports.wallNow() + settings.approval.minutes * MINUTE_MS),
    state: "proposed",
  };
};

/** Proposes entries to their trader in the statement that says how they were judged, and tells of them. */
export const saveProposals = (
  saving: Saving,
  entries: readonly ProposedEntry[],
  writes: readonly Prisma.Sql[],
): Writes => {
  if (entries.length === 0) return { writes };
  const { context, cycle, ports } = saving;
  const { userId, botId } = context;
  const rows = entries.map((entry) => toRow(saving, entry));
  const texts = entries.map(
    ({ marketId, side }) =>
      `a bot proposes ${findMarket(context, marketId)?.rules.pair ?? "a market"} ${side}: it waits for you`,
  );
  const activities = rows.map(({ id }, index) => ({
    id: ports.newId(),
    user_id: userId,
    bot_id: botId,
    kind: "proposal",
    text: texts[index],
    details: { proposalId: id },
    at: new Date(cycle.slot),
    created_at: new Date(ports.wallNow()),
  }));
  return {
    writes: [...writes, insertRows("proposals", rows, MAY_WRITE), insertRows("activities", activities, MAY_WRITE)],
    told: rows.map(({ id }, index) => ({
      userId,
      event: { kind: "proposal", botId, proposalId: id, text: texts[index] ?? "" },
    })),
  };
};
