import type { LiveEvent } from "~/contracts/live-event";
import type { Part } from "~/contracts/pulse";
import type { RawSql } from "../db/raw-sql";
import { appendLiveEvent } from "./append-live-event";

/** What an alert is about; the database takes no other. */
type AlertKind = "error" | "risk" | "invariant" | "venue" | `stopped-${Part}`;

type Alert = {
  /** The same key for a user is the same alert: it comes once. */
  readonly key: string;
  readonly kind: AlertKind;
  readonly severity: Extract<LiveEvent, { kind: "alert" }>["severity"];
  readonly message: string;
  /** Wall time since which it is so; default: now. */
  readonly createdAt?: Date;
};

/** Stores an alert and tells it to the user's open pages, once per key. */
export const tellUser = async (
  tx: RawSql,
  of: { readonly id: string; readonly userId: string; readonly botId: string | null },
  alert: Alert,
): Promise<void> => {
  const { key, kind, severity, message, createdAt = null } = alert;
  const count = await tx.$executeRaw`
    INSERT INTO alerts (id, user_id, bot_id, key, kind, severity, message, created_at)
    VALUES (${of.id}::uuid, ${of.userId}::uuid, ${of.botId}::uuid, ${key}, ${kind}, ${severity}::"AlertSeverity",
      ${message}, coalesce(${createdAt}::timestamptz, now()))
    ON CONFLICT DO NOTHING`;
  if (count === 0) return;
  appendLiveEvent(tx, of.userId, { kind: "alert", botId: of.botId, severity, message });
};
