"use client";

import { useQuery } from "@tanstack/react-query";
import { formatRatio } from "~/components/format/format-amount";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { ExportLinks } from "~/components/trading/export-links";
import { Badge } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { DecisionRow } from "~/contracts/bot-detail";
import type { DecisionFilter } from "~/contracts/choices";
import { useTRPC } from "~/trpc/react";
import { CellLink } from "~/components/ui/cell-link";
import type { Page } from "~/contracts/list-page";
import { ListPager } from "~/components/lists/list-pager";
import { PAGE_ROWS } from "./page-rows";
import { describeGate } from "./describe-gate";
import { LinkTabs } from "./link-tabs";
import { viewHref } from "./views";

const Gate = ({ decision }: { readonly decision: DecisionRow }) => {
  const said = describeGate(decision);
  if (said === null) return <span className="text-muted">nothing to check</span>;
  const { word, tone, label, text } = said;
  return (
    <>
      <Badge tone={tone}>{word}</Badge> {label !== null && <span className="ml-1">{label}</span>}
      {text !== null && <span className="block text-xs text-muted">{text}</span>}
    </>
  );
};

/** The whole stands on the cycle's page. */
const REASON_MAX = 240;

const DecisionLine = ({ decision }: { readonly decision: DecisionRow }) => (
  <Row>
    <RowHead>
      <CellLink href={`/cycles/${decision.cycleId}`}>
        <VenueTime at={decision.slot} />
      </CellLink>
    </RowHead>
    <Cell className="whitespace-nowrap">{decision.pair}</Cell>
    <Cell className="whitespace-nowrap">
      <span className={decision.action === "hold" ? "text-muted" : "font-semibold"}>{decision.action}</span>{" "}
      {decision.side}
    </Cell>
    <Cell isNumber>{formatRatio(decision.score)}</Cell>
    <Cell className="min-w-64">
      {/* It may be a model's own words. */}
      <ForeignWords text={decision.reasonText} most={REASON_MAX} />
    </Cell>
    <Cell className="min-w-56">
      <Gate decision={decision} />
    </Cell>
  </Row>
);

const DecisionsTable = ({ decisions }: { readonly decisions: readonly DecisionRow[] }) => (
  <Table caption="Decisions, newest first" minWidth="min-w-[54rem]">
    <thead>
      <tr>
        <HeadCell>Slot (UTC)</HeadCell>
        <HeadCell>Pair</HeadCell>
        <HeadCell>Decision</HeadCell>
        <HeadCell isNumber>Score</HeadCell>
        <HeadCell>Reason</HeadCell>
        <HeadCell>Risk gate</HeadCell>
      </tr>
    </thead>
    <tbody>
      {decisions.map((decision) => (
        <DecisionLine key={decision.id} decision={decision} />
      ))}
    </tbody>
  </Table>
);

const FILTERS = [
  { filter: "all", name: "All" },
  { filter: "wanted", name: "To open or close" },
  { filter: "refused", name: "Refused" },
] as const;

const EMPTY: Record<DecisionFilter, string> = {
  all: "Each cycle decides once for each pair.",
  wanted: "So far every decision was to hold.",
  refused: "The risk gate has refused nothing so far.",
};

const idOf = ({ id }: DecisionRow): string => id;

type DecisionsViewProps = {
  readonly botId: string;
  readonly filter: DecisionFilter;
  readonly cursor: string | undefined;
  readonly page: Page<DecisionRow>;
};

/** What the bot wanted for each pair and what the risk gate said, newest first. Follows live. */
export const DecisionsView = ({ botId, filter, cursor, page }: DecisionsViewProps) => {
  const trpc = useTRPC();
  const input = { botId, filter, cursor, limit: PAGE_ROWS };
  const { data, isError, refetch } = useQuery({ ...trpc.bots.decisions.queryOptions(input), initialData: page });
  const { shown: decisions, waiting, show, frame } = useSteadyRows(data.items, idOf);
  const here = viewHref(botId, "decisions");
  const tabs = FILTERS.map((each) => ({
    href: each.filter === "all" ? here : (`${here}&filter=${each.filter}` as const),
    name: each.name,
    isHere: each.filter === filter,
  }));
  return (
    <Panel
      title="Decisions"
      note="One for each pair in each cycle. The risk gate checks each decision to open or close against the risk rules."
      corner={<WaitingRows count={waiting} name="decisions" onShow={show} />}
      actions={<ExportLinks kind="decisions" botId={botId} filters={{ filter }} />}
      isFlush
    >
      <div className="px-4 pb-3">
        <LinkTabs label="Which decisions" tabs={tabs} />
      </div>
      {isError && <ErrorState title="The decisions could not be refreshed." onRetry={() => void refetch()} />}
      {decisions.length === 0 ? (
        <EmptyState title="No decision here">{EMPTY[filter]}</EmptyState>
      ) : (
        <div {...frame}>
          <DecisionsTable decisions={decisions} />
        </div>
      )}
      <ListPager
        name="decisions"
        href={filter === "all" ? here : `${here}&filter=${filter}`}
        cursor={cursor}
        page={data}
      >
        {decisions.length} decisions on this page, newest first
      </ListPager>
    </Panel>
  );
};
