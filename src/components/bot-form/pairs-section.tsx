"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { formatPercent } from "~/components/format/format-amount";
import { formatUtc } from "~/components/format/format-time";
import { Amount, Exact } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { MARKET_SORTS, type MarketSort } from "~/contracts/choices";
import type { MarketRow } from "~/contracts/market-row";
import type { VenueChoice } from "~/contracts/new-bot";
import { useTRPC } from "~/trpc/react";
import { fieldId, useBotForm, useWords } from "./form-context";
import { describeIssue } from "./number-text";

const PAIRS_MAX = 20;
const SORT_NAMES: Readonly<Record<MarketSort, string>> = {
  volume: "most traded",
  pair: "name",
  spread: "smallest spread",
  funding: "least funding",
  history: "longest history",
};

type PairsProps = { readonly pairs: readonly string[]; readonly onChange: (pairs: readonly string[]) => void };

const moved = (pairs: readonly string[], index: number): string[] => {
  const [one, other] = [pairs[index - 1], pairs[index]];
  return pairs.map((pair, at) => (at === index - 1 ? (other ?? pair) : at === index ? (one ?? pair) : pair));
};

/** The pairs in their order, which is their priority. */
const ChosenPairs = ({ pairs, onChange }: PairsProps) => (
  <ol className="flex flex-wrap gap-2" aria-label="Pairs, the first has priority">
    {pairs.map((pair, index) => (
      <li
        key={pair}
        className="flex items-center gap-1 rounded-sm border border-line-strong py-0.5 pr-0.5 pl-2 text-sm"
      >
        <span className="font-semibold">{pair}</span>
        {index > 0 && (
          <button
            type="button"
            className="button size-7 min-h-7 border-transparent px-0"
            aria-label={`Move ${pair} forward`}
            onClick={() => onChange(moved(pairs, index))}
          >
            <span aria-hidden="true">←</span>
          </button>
        )}
        <button
          type="button"
          className="button size-7 min-h-7 border-transparent px-0"
          aria-label={`Remove ${pair}`}
          onClick={() => onChange(pairs.filter((other) => other !== pair))}
        >
          <span aria-hidden="true">×</span>
        </button>
      </li>
    ))}
  </ol>
);

const historyOf = ({ historyFrom }: MarketRow): string => (historyFrom ? formatUtc(historyFrom) : "—");

const MarketLine = ({ row, isChosen, onToggle }: { row: MarketRow; isChosen: boolean; onToggle: () => void }) => (
  <Row>
    <RowHead>
      <label className="flex min-h-6 items-center gap-2 whitespace-nowrap">
        <input type="checkbox" className="size-4 accent-accent" checked={isChosen} onChange={onToggle} />
        {row.pair}
      </label>
    </RowHead>
    <Cell isNumber>
      <Exact value={row.last} />
    </Cell>
    <Cell isNumber>{formatPercent(row.spreadFraction, { digits: 3 })}</Cell>
    <Cell isNumber>
      <Amount value={row.quoteVolume24h} digits={0} />
    </Cell>
    <Cell isNumber>
      {formatPercent(row.fundingRate === null ? null : Number(row.fundingRate), { digits: 4, isSigned: true })}
    </Cell>
    <Cell isNumber>{historyOf(row)}</Cell>
  </Row>
);

type MarketTableProps = PairsProps & { readonly rows: readonly MarketRow[] };

const MarketTable = ({ rows, pairs, onChange }: MarketTableProps) => (
  <div className="max-h-72 overflow-y-auto rounded-sm border border-line">
    <Table caption="Markets that the bot may trade" minWidth="min-w-[38rem]">
      <thead>
        <tr>
          <HeadCell>Pair</HeadCell>
          <HeadCell isNumber>Last price</HeadCell>
          <HeadCell isNumber>Spread</HeadCell>
          <HeadCell isNumber>24 h volume</HeadCell>
          <HeadCell isNumber>Funding</HeadCell>
          <HeadCell isNumber>Known since</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MarketLine
            key={row.id}
            row={row}
            isChosen={pairs.includes(row.pair)}
            onToggle={() =>
              onChange(pairs.includes(row.pair) ? pairs.filter((pair) => pair !== row.pair) : [...pairs, row.pair])
            }
          />
        ))}
      </tbody>
    </Table>
  </div>
);

/** Finds markets of the venue by name, in an order of their own. */
const MarketFinder = ({ venue, ...chosen }: PairsProps & { readonly venue: VenueChoice }) => {
  const trpc = useTRPC();
  const { draft } = useBotForm();
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<MarketSort>("volume");
  const marketType = draft.settings["marketType"] === "spot" ? ("spot" as const) : ("swap" as const);
  const asked = { venueId: venue.id, marketType, search: useDeferredValue(search), sort };
  const { data, isError } = useQuery({
    ...trpc.markets.list.queryOptions(asked),
    placeholderData: (before) => before,
  });
  return (
    <div className="mt-3 grid gap-2">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <label className="grid gap-1 text-sm font-semibold">
          Find a market
          <input
            type="search"
            className="field max-w-56 font-normal"
            maxLength={40}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <label className="grid gap-1 text-sm font-semibold">
          Sorted by
          <select
            className="field max-w-48 font-normal"
            value={sort}
            onChange={({ target: { value } }) => setSort(MARKET_SORTS.find((each) => each === value) ?? "volume")}
          >
            {MARKET_SORTS.map((each) => (
              <option key={each} value={each}>
                {SORT_NAMES[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {isError && <p className="text-sm text-loss">The markets could not be read. The chosen pairs stay.</p>}
      <MarketTable rows={data ?? []} {...chosen} />
      {data?.length === 0 && <p className="text-sm text-muted">No market of {venue.title} has that in its name.</p>}
    </div>
  );
};

const isPairs = (value: unknown): value is readonly string[] => Array.isArray(value);

/** What the bot trades, in the order of priority. */
export const PairsSection = ({ venue }: { readonly venue: VenueChoice }) => {
  const { draft, set, issues } = useBotForm();
  const given = draft.settings["pairs"];
  const pairs = isPairs(given) ? given : venue.pairs;
  const issue = issues.find(({ path }) => path.startsWith("pairs"));
  const words = useWords("Trading", "Market");
  const onChange = (next: readonly string[]): void => set("pairs", next.slice(0, PAIRS_MAX));
  return (
    <Panel title="Market and pairs" note={words ?? undefined}>
      <div id={fieldId("pairs")} tabIndex={-1}>
        {pairs.length === 0 ? (
          <p className="text-sm text-muted">None yet: choose one below.</p>
        ) : (
          <ChosenPairs pairs={pairs} onChange={onChange} />
        )}
      </div>
      <p className="mt-1 text-sm text-loss empty:hidden">
        {issue && (pairs.length === 0 ? "Choose at least one pair." : describeIssue(issue, "plain"))}
      </p>
      <MarketFinder venue={venue} pairs={pairs} onChange={onChange} />
    </Panel>
  );
};
