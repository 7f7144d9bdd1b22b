"use client";

import { ListChoice } from "~/components/lists/list-choice";
import { tradesHref, type TradeListing } from "./trade-list-address";

const SORTS = [
  { name: "Newest first", sort: "closed", order: "desc" },
  { name: "Oldest first", sort: "closed", order: "asc" },
  { name: "Highest net", sort: "net", order: "desc" },
  { name: "Lowest net", sort: "net", order: "asc" },
  { name: "Pair", sort: "pair", order: "asc" },
] as const;
const SIDES = { all: "Any", long: "Long", short: "Short" } as const;
const RESULTS = { all: "Any", won: "Won", lost: "Lost" } as const;

const entriesOf = <Name extends string>(names: Readonly<Record<Name, string>>) =>
  Object.entries(names) as [Name, string][];

/** How the trades are sorted and which are shown; part of the page's address. */
export const TradeChoices = ({ botId, listing }: { readonly botId: string; readonly listing: TradeListing }) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-3">
    <ListChoice
      label="Side"
      options={entriesOf(SIDES).map(([side, name]) => ({
        name,
        href: tradesHref(botId, listing, { side }),
        isHere: listing.side === side,
      }))}
    />
    <ListChoice
      label="Result"
      options={entriesOf(RESULTS).map(([result, name]) => ({
        name,
        href: tradesHref(botId, listing, { result }),
        isHere: listing.result === result,
      }))}
    />
    <ListChoice
      label="Sort"
      options={SORTS.map(({ name, sort, order }) => ({
        name,
        href: tradesHref(botId, listing, { sort, order }),
        isHere: listing.sort === sort && listing.order === order,
      }))}
    />
  </div>
);
