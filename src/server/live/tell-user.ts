import type { LiveEvent } from "~/contracts/live-event";
import type { Part } from "~/contracts/pulse";
import type { Transaction } from "../db/client";
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
  tx: Transaction,
  of: { readonly id: string; readonly userId: string; readonly botId: string | null },
  alert: Alert,
): Promise<void> => {
  const { count } = await tx.alert.createMany({ data: [{ ...of, ...alert }], skipDuplicates: true });
  if (count === 0) return;
  const { severity, message } = alert;
  appendLiveEvent(tx, of.userId, { kind: "alert", botId: of.botId, severity, message });
};
