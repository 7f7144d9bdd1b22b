import { withParams } from "~/components/lists/with-params";
import { BOT_SORTS, BOT_STATES, ORDERS, type BotSort, type Order } from "~/contracts/choices";
import type { BotListInput } from "~/contracts/bot-list";

/** Which bots an address lists. */
export type BotListing = Pick<BotListInput, "sort" | "order" | "text" | "status" | "mode" | "accountId">;
export type BotListHref = "/bots" | `/bots?${string}`;
type Mode = NonNullable<BotListing["mode"]>;

export const SEARCH_MAX = 60;

export const MODES: Readonly<Record<Mode, string>> = {
  indicator: "Indicator",
  trinity: "Trinity",
  custom: "Custom",
  llm: "Language model",
  "buy-and-hold": "Buy and hold",
};
const MODE_NAMES = Object.keys(MODES) as Mode[];

/** What is no id at all names no account, and shows nothing of one. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const memberOf = <Member extends string>(members: readonly Member[], asked: unknown): Member | undefined =>
  members.find((member) => member === asked);

/** What an address asks for; a value that there is not counts as none. */
export const listingOf = (query: Readonly<Record<string, unknown>>): BotListing => {
  const status = memberOf(BOT_STATES, query["status"]);
  const mode = memberOf(MODE_NAMES, query["mode"]);
  const { text, account } = query;
  const isAccount = typeof account === "string" && ID.test(account);
  return {
    sort: memberOf<BotSort>(BOT_SORTS, query["sort"]) ?? "created",
    order: memberOf<Order>(ORDERS, query["order"]) ?? "asc",
    text: typeof text === "string" ? text.trim().slice(0, SEARCH_MAX) : "",
    ...(status !== undefined && { status }),
    ...(mode !== undefined && { mode }),
    ...(isAccount && { accountId: account }),
  };
};

type Changes = { readonly [Name in keyof BotListing]?: BotListing[Name] | undefined };

/** The address of a list of bots, from its first page on. */
export const botListHref = (listing: BotListing, changes: Changes = {}): BotListHref => {
  const { sort, order, text, status, mode, accountId } = { ...listing, ...changes };
  const isFirst = sort === "created" && order === "asc";
  return withParams<BotListHref>("/bots", { ...(!isFirst && { sort, order }), text, status, mode, account: accountId });
};

export const isFiltered = ({ text, status, mode, accountId }: BotListing): boolean =>
  text !== "" || status !== undefined || mode !== undefined || accountId !== undefined;
