import { DECISION_FILTERS, type DecisionFilter } from "~/contracts/choices";

export const VIEWS = ["overview", "positions", "trades", "decisions", "cycles", "settings"] as const;
export type View = (typeof VIEWS)[number];

/** The part of a bot's page that an address asks for; the overview for anything else. */
export const viewOf = (asked: unknown): View => VIEWS.find((view) => view === asked) ?? "overview";

/** Which decisions an address asks for; all for anything else. */
export const filterOf = (asked: unknown): DecisionFilter => DECISION_FILTERS.find((name) => name === asked) ?? "all";

export type BotHref = `/bots/${string}`;

/** The address of a part of a bot's page. */
export const viewHref = (botId: string, view: View): BotHref =>
  view === "overview" ? `/bots/${botId}` : `/bots/${botId}?view=${view}`;

/** The address of a bot's ledger. */
export const ledgerHref = (botId: string): BotHref => `/bots/${botId}/ledger`;
