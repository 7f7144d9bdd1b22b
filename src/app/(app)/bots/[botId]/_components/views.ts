import { z } from "zod";
import { decisionFilterSchema } from "~/contracts/bot-detail";

export const VIEWS = ["overview", "positions", "trades", "decisions", "cycles", "settings"] as const;
export type View = (typeof VIEWS)[number];
export type DecisionFilter = z.infer<typeof decisionFilterSchema>;

/** The part of a bot's page that an address asks for; the overview for anything else. */
export const viewOf = (value: unknown): View => z.enum(VIEWS).catch("overview").parse(value);

/** Which decisions an address asks for; all for anything else. */
export const filterOf = (value: unknown): DecisionFilter => decisionFilterSchema.catch("all").parse(value);

export type BotHref = `/bots/${string}`;

/** The address of a part of a bot's page. */
export const viewHref = (botId: string, view: View): BotHref =>
  view === "overview" ? `/bots/${botId}` : `/bots/${botId}?view=${view}`;

/** The address of a bot's ledger. */
export const ledgerHref = (botId: string): BotHref => `/bots/${botId}/ledger`;
