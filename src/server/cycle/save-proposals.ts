import type { ProposedEntry } from "~/trading/approval/propose-entries";
import { invariant } from "~/trading/invariant";
import { MINUTE_MS } from "~/trading/market/duration";
import type { BotContext } from "../bot-context";
import { toColumn } from "../db/amounts";
import { insertRows } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";
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

/**
 * Proposes entries to their trader, in the statement that says how they were judged. Triggers drop one whose pair has an
 * accepted one, and tell of those that they let pass.
 */
export const insertProposals = (saving: Saving, entries: readonly ProposedEntry[]): Prisma.Sql[] =>
  entries.length === 0
    ? []
    : [
        insertRows(
          "proposals",
          entries.map((entry) => toRow(saving, entry)),
          MAY_WRITE,
        ),
      ];
