"use client";

import Link from "next/link";
import { ListChoice, type Option } from "~/components/lists/list-choice";
import { ListSearch } from "~/components/lists/list-search";
import { BOT_STATES } from "~/contracts/choices";
import { botListHref, MODES, SEARCH_MAX, type BotListing } from "./bot-list-address";

type ListingProps = { readonly listing: BotListing };

const SORTS = [
  { name: "Oldest first", sort: "created", order: "asc" },
  { name: "Newest first", sort: "created", order: "desc" },
  { name: "Name, A to Z", sort: "name", order: "asc" },
  { name: "Name, Z to A", sort: "name", order: "desc" },
  { name: "State", sort: "state", order: "asc" },
  { name: "Highest equity", sort: "equity", order: "desc" },
  { name: "Lowest equity", sort: "equity", order: "asc" },
  { name: "Highest P&L", sort: "profit", order: "desc" },
  { name: "Lowest P&L", sort: "profit", order: "asc" },
  { name: "Deepest drawdown", sort: "drawdown", order: "desc" },
  { name: "Most trades", sort: "trades", order: "desc" },
  { name: "Latest cycle", sort: "cycle", order: "desc" },
  { name: "Longest without a cycle", sort: "cycle", order: "asc" },
] as const;

const STATE_NAMES = { running: "Running", paused: "Paused", stopped: "Stopped" } as const;

const sortsOf = (listing: BotListing): Option[] =>
  SORTS.map(({ name, sort, order }) => ({
    name,
    href: botListHref(listing, { sort, order }),
    isHere: listing.sort === sort && listing.order === order,
  }));

const statesOf = (listing: BotListing): Option[] =>
  [undefined, ...BOT_STATES].map((status) => ({
    name: status === undefined ? "Any" : STATE_NAMES[status],
    href: botListHref(listing, { status }),
    isHere: listing.status === status,
  }));

const modesOf = (listing: BotListing): Option[] => [
  { name: "Any", href: botListHref(listing, { mode: undefined }), isHere: listing.mode === undefined },
  ...(Object.keys(MODES) as (keyof typeof MODES)[]).map((mode) => ({
    name: MODES[mode],
    href: botListHref(listing, { mode }),
    isHere: listing.mode === mode,
  })),
];

/** How the bots are sorted and which are shown; part of the page's address. */
export const BotListChoices = ({ listing }: ListingProps) => (
  <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
    <ListSearch
      key={listing.text}
      label="Name or pair"
      text={listing.text}
      maxLength={SEARCH_MAX}
      hrefOf={(text) => botListHref(listing, { text })}
    />
    <ListChoice label="State" options={statesOf(listing)} />
    <ListChoice label="Mode" options={modesOf(listing)} />
    <ListChoice label="Sort" options={sortsOf(listing)} />
    {listing.accountId !== undefined && (
      <span className="text-sm text-muted">
        Of one account.{" "}
        <Link href={botListHref(listing, { accountId: undefined })} className="link inline-flex min-h-6 items-center">
          Show those of all accounts
        </Link>
      </span>
    )}
  </div>
);
