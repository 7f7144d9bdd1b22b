import { z } from "zod";
import { DECISION_FILTERS, LEDGER_ACCOUNTS } from "./choices";

export const EXPORT_KINDS = ["trades", "fills", "ledger", "equity", "decisions"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

const EARLIEST = new Date("1970-01-01T00:00:00Z");
const LATEST = new Date("9999-01-01T00:00:00Z");

const instant = z.iso
  .datetime({ offset: true, error: "must be a time such as 2024-01-31T00:00:00Z" })
  .transform((text) => new Date(text))
  // What the database can read, in whatever offset it was written.
  .refine((at) => at >= EARLIEST && at < LATEST, "must be a time from 1970 to 9998");

const common = {
  bot: z.uuid({ error: "must be the id of a bot" }),
  format: z.enum(["csv", "json"], { error: 'must be "csv" or "json"' }).default("csv"),
  /** Venue times: from this one on, and before that one. */
  from: instant.optional(),
  to: instant.optional(),
};

const pair = z
  .string()
  .regex(/^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/, "must be a pair such as BTC/USDT")
  .optional();

const isInOrder = ({ from, to }: { from?: Date | undefined; to?: Date | undefined }): boolean =>
  from === undefined || to === undefined || from < to;
const ORDER = { path: ["to"], error: "must be later than from" };

/** What an export may be asked by. A filter that a kind does not have is refused, so that no file has more than meant. */
export const exportQuerySchemas = {
  trades: z.strictObject({ ...common, pair }).refine(isInOrder, ORDER),
  fills: z.strictObject({ ...common, pair }).refine(isInOrder, ORDER),
  ledger: z.strictObject({ ...common, account: z.enum(LEDGER_ACCOUNTS).optional() }).refine(isInOrder, ORDER),
  equity: z.strictObject(common).refine(isInOrder, ORDER),
  decisions: z
    .strictObject({ ...common, pair, filter: z.enum(DECISION_FILTERS).default("all") })
    .refine(isInOrder, ORDER),
} as const satisfies Record<ExportKind, z.ZodType>;

export type ExportQuery = z.infer<(typeof exportQuerySchemas)[ExportKind]>;
