"use client";

import { useQuery } from "@tanstack/react-query";
import { formatDuration } from "~/components/format/format-time";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { statusOfCycle, type CycleStatus } from "~/components/trading/cycle-status";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { BotDetail, CycleRow } from "~/contracts/bot-detail";
import { useTRPC } from "~/trpc/react";
import { CellLink } from "~/components/ui/cell-link";
import type { Page } from "~/contracts/list-page";
import { ListPager } from "~/components/lists/list-pager";
import { PAGE_ROWS } from "./page-rows";
import { HistoryBadge } from "~/components/trading/history-badge";
import { useBot } from "./use-bot";
import { viewHref } from "./views";

const TEXT: Record<CycleStatus["tone"], string> = {
  neutral: "text-muted",
  accent: "text-accent",
  gain: "text-ink",
  warn: "text-warn",
  loss: "text-loss",
};

/** How a cycle ended, in one line; a planned one needs no explanation beyond its slot. */
const State = ({ cycle }: { readonly cycle: CycleRow }) => {
  const { word, tone, why } = statusOfCycle(cycle);
  return (
    <p className="truncate" title={why ?? undefined}>
      <span className={TEXT[tone]}>{word}</span>
      {why !== null && tone !== "neutral" && <span className="ml-2 text-xs text-muted">{why}</span>}
    </p>
  );
};

type CountProps = { readonly cycle: CycleRow; readonly of: "opened" | "closed" | "refused" | "held" };

/** How often a cycle did something; a dash where it has not reached that stage, or decided nothing. */
const Count = ({ cycle, of }: CountProps) => {
  const value = cycle[of];
  if (value === 0) return <span className="text-muted">{cycle.status === "done" ? 0 : "—"}</span>;
  return <span className={of === "held" ? "" : "font-semibold"}>{value}</span>;
};

const CycleLine = ({ cycle }: { readonly cycle: CycleRow }) => (
  <Row>
    <RowHead>
      <span className="flex flex-wrap items-center gap-x-2">
        <CellLink href={`/cycles/${cycle.id}`}>
          <VenueTime at={cycle.slot} />
        </CellLink>
        {cycle.isHistory && <HistoryBadge />}
      </span>
    </RowHead>
    {/* As wide as the other columns allow, however long its text is. */}
    <Cell className="w-full max-w-0">
      <State cycle={cycle} />
    </Cell>
    <Cell isNumber>
      <Count cycle={cycle} of="opened" />
    </Cell>
    <Cell isNumber>
      <Count cycle={cycle} of="closed" />
    </Cell>
    <Cell isNumber>
      <Count cycle={cycle} of="refused" />
    </Cell>
    <Cell isNumber>
      <Count cycle={cycle} of="held" />
    </Cell>
    <Cell isNumber>{cycle.durationMs === null ? "—" : formatDuration(cycle.durationMs)}</Cell>
  </Row>
);

const CyclesTable = ({ cycles }: { readonly cycles: readonly CycleRow[] }) => (
  <Table caption="Cycles, newest first" minWidth="min-w-[52rem]">
    <thead>
      <tr>
        <HeadCell>Slot (UTC)</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell isNumber>Opened</HeadCell>
        <HeadCell isNumber>Closed</HeadCell>
        <HeadCell isNumber>Refused</HeadCell>
        <HeadCell isNumber>Held</HeadCell>
        <HeadCell isNumber>Took</HeadCell>
      </tr>
    </thead>
    <tbody>
      {cycles.map((cycle) => (
        <CycleLine key={cycle.id} cycle={cycle} />
      ))}
    </tbody>
  </Table>
);

const idOf = ({ id }: CycleRow): string => id;

type CyclesViewProps = {
  readonly initial: BotDetail;
  readonly cursor: string | undefined;
  readonly page: Page<CycleRow>;
};

/** The bot's cycles, newest first. Follows live. */
export const CyclesView = ({ initial, cursor, page }: CyclesViewProps) => {
  const trpc = useTRPC();
  const { data: bot } = useBot(initial);
  const input = { botId: bot.id, cursor, limit: PAGE_ROWS };
  const { data, isError, refetch } = useQuery({ ...trpc.bots.cycles.queryOptions(input), initialData: page });
  const { shown: cycles, waiting, show, frame } = useSteadyRows(data.items, idOf);
  const { done, skipped, failed } = bot.cycles;
  return (
    <Panel
      title="Cycles"
      note={`${done} done, ${skipped} skipped, ${failed} failed. A cycle's slot is the time it was scheduled for.`}
      corner={<WaitingRows count={waiting} name="cycles" onShow={show} />}
      isFlush
    >
      {isError && <ErrorState title="The cycles could not be refreshed." onRetry={() => void refetch()} />}
      {cycles.length === 0 ? (
        <EmptyState title="No cycle yet">The first appears here at its scheduled time.</EmptyState>
      ) : (
        <div {...frame}>
          <CyclesTable cycles={cycles} />
        </div>
      )}
      <ListPager name="cycles" href={viewHref(bot.id, "cycles")} cursor={cursor} page={data}>
        {cycles.length} cycles on this page, newest first
      </ListPager>
    </Panel>
  );
};
