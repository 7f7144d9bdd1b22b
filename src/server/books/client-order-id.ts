import { createHash } from "node:crypto";

const hash = (parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("|")).digest("hex").slice(0, 32);

/** Client order ids (TRADING 8): the first 128 bits of SHA-256 as 32 hex, made of stable data, the same at each resend. */
export const entryOrderId = (entry: { botId: string; slot: number; pair: string; leg: number }): string =>
  hash(["entry", entry.botId, new Date(entry.slot).toISOString(), entry.pair, String(entry.leg)]);

/** Any closing order of a position: its `kind` (stop-loss, take-profit, decision...) and how many such came before. */
export const exitOrderId = (exit: { positionId: string; kind: string; n: number }): string =>
  hash(["exit", exit.positionId, exit.kind, String(exit.n)]);
