import type { LiveMessage } from "~/contracts/live-event";
import type { Pulse } from "~/contracts/pulse";

/** What can make a page's data stale. */
export type Noted = LiveMessage | Pulse;

/** Queries that show all of a user's bots together, or depend on any of them. */
const OF_ALL = new Set(["overview.get", "bots.totals", "positions.byId", "accounts.list", "proposals.list"]);
const OF_VENUES = new Set(["venues.list", "overview.get", "bots.rows"]);
/** What a new bot is listed in, and what it leaves for others. */
const OF_BOTS = new Set([...OF_VENUES, "bots.list", "bots.totals", "bots.choices", "accounts.list"]);
/** Where money of accounts is said that no bot holds. */
const OF_ACCOUNTS = new Set(["accounts.list", "accounts.allotment", "bots.choices"]);

/** What a query reads: of which bots, where it names them. */
type Read = {
  readonly procedure: string;
  readonly botIds: readonly unknown[];
  readonly cycleId: string | undefined;
};
type Told<Kind extends Noted["kind"]> = Extract<Noted, { kind: Kind }>;

const ofBot = (botId: string | null, read: Read): boolean =>
  OF_ALL.has(read.procedure) || (botId !== null && read.botIds.includes(botId));

const RULES: { readonly [Kind in Noted["kind"]]: (message: Told<Kind>, read: Read) => boolean } = {
  resync: () => true,
  "cycle-ended": ({ botId, cycleId }, read) => ofBot(botId, read) || read.cycleId === cycleId,
  "trade-opened": ({ botId }, read) => ofBot(botId, read),
  "trade-closed": ({ botId }, read) => ofBot(botId, read),
  // A bot that is archived leaves its list.
  command: ({ botId }, read) => ofBot(botId, read) || read.procedure === "bots.list",
  proposal: ({ botId }, read) => ofBot(botId, read),
  "bot-created": (_, { procedure }) => OF_BOTS.has(procedure),
  "settings-changed": ({ botId }, read) => ofBot(botId, read),
  "account-changed": (_, { procedure }) => OF_ACCOUNTS.has(procedure),
  // What one bot got, no other can get.
  "allotment-changed": ({ botId }, read) => ofBot(botId, read) || OF_ACCOUNTS.has(read.procedure),
  alert: ({ botId }, read) => ofBot(botId, read),
  "venue-clock": (_, { procedure }) => OF_VENUES.has(procedure),
  "venue-state": (_, { procedure }) => OF_VENUES.has(procedure),
  // A stopped part is among what needs attention, even where nobody can write an alert.
  pulse: (_, { procedure }) => procedure === "overview.get",
};

const decide = <Kind extends Noted["kind"]>(message: Told<Kind>, read: Read): boolean =>
  RULES[message.kind](message, read);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** How tRPC names what it reads: the procedure's path, then its input. Null: another kind of key. */
const readOf = ([path, options]: readonly unknown[]): Read | null => {
  if (!Array.isArray(path) || !path.every((part) => typeof part === "string")) return null;
  const input = isObject(options) && isObject(options["input"]) ? options["input"] : {};
  const named = input["botIds"];
  const botIds: readonly unknown[] = Array.isArray(named) ? named : [input["botId"]];
  return { procedure: path.join("."), botIds, cycleId: textOf(input["cycleId"]) };
};

/** Whether a query's data may have changed after this message. */
export const affectsQuery = (message: Noted, queryKey: readonly unknown[]): boolean => {
  const read = readOf(queryKey);
  return read !== null && decide(message, read);
};
