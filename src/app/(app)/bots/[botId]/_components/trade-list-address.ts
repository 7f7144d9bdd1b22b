import { withParams } from "~/components/lists/with-params";
import { ORDERS, TRADE_RESULTS, TRADE_SIDES, TRADE_SORTS, type TradeOrder } from "~/contracts/choices";
import { viewHref, type BotHref } from "./views";

/** Which trades of a bot an address lists. */
export type TradeListing = TradeOrder;

const memberOf = <Member extends string>(members: readonly [Member, ...Member[]], asked: unknown): Member =>
  members.find((member) => member === asked) ?? members[0];

/** What an address asks for; a value that there is not counts as none. */
export const tradeListingOf = (query: Readonly<Record<string, unknown>>): TradeListing => ({
  sort: memberOf(TRADE_SORTS, query["sort"]),
  order: ORDERS.find((order) => order === query["order"]) ?? "desc",
  side: memberOf(TRADE_SIDES, query["side"]),
  result: memberOf(TRADE_RESULTS, query["result"]),
});

/** The address of a bot's trades, from their first page on. */
export const tradesHref = (botId: string, listing: TradeListing, changes: Partial<TradeListing> = {}): BotHref => {
  const { sort, order, side, result } = { ...listing, ...changes };
  const isFirst = sort === "closed" && order === "desc";
  return withParams(viewHref(botId, "trades"), {
    ...(!isFirst && { sort, order }),
    ...(side !== "all" && { side }),
    ...(result !== "all" && { result }),
  });
};
