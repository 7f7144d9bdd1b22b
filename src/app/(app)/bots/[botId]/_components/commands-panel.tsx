"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PageButtons } from "~/components/lists/page-buttons";
import { Age } from "~/components/ui/age";
import { Badge, type Tone } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { CommandView } from "~/contracts/command-view";
import type { Page } from "~/contracts/list-page";
import { useTRPC } from "~/trpc/react";
import { COMMAND_ROWS } from "./page-rows";

const STATES: Readonly<Record<CommandView["state"], { readonly word: string; readonly tone: Tone }>> = {
  asked: { word: "Asked", tone: "warn" },
  taken: { word: "Taken", tone: "accent" },
  done: { word: "Done", tone: "gain" },
  refused: { word: "Refused", tone: "loss" },
};

/** What comes from the next candle on; all else comes at its open. */
const LASTING: ReadonlySet<CommandView["kind"]> = new Set(["move-stop", "apply-exits"]);

/** What a command waits for, or why it came to nothing. */
const describeState = ({ state, reason, kind }: CommandView): string => {
  if (state === "asked") return "waits for the cycle that has the bot";
  if (state === "taken" && kind === "run-now") return "its run starts at the open of the next candle";
  if (state === "taken") return LASTING.has(kind) ? "from the next candle on" : "at the open of the next candle";
  return reason ?? "";
};

const CommandRow = ({ command }: { readonly command: CommandView }) => {
  const { word, tone } = STATES[command.state];
  return (
    <Row>
      <RowHead>{command.text}</RowHead>
      <Cell>
        <Badge tone={tone}>{word}</Badge> <span className="text-muted">{describeState(command)}</span>
      </Cell>
      <Cell isNumber>
        <Age since={command.askedAt} />
      </Cell>
      <Cell isNumber>
        <VenueTime at={command.effectiveAt} />
      </Cell>
    </Row>
  );
};

type CommandsPanelProps = { readonly botId: string; readonly initial: Page<CommandView> };

/** What the bot was told, and what became of it. Follows live. */
export const CommandsPanel = ({ botId, initial }: CommandsPanelProps) => {
  const trpc = useTRPC();
  const [cursor, setCursor] = useState<string | null>(null);
  const { data, isError, refetch } = useQuery({
    ...trpc.commands.list.queryOptions({ botId, cursor, limit: COMMAND_ROWS }),
    ...(cursor === null && { initialData: initial }),
    placeholderData: keepPreviousData,
  });
  const page = data ?? initial;
  const commands = page.items;
  return (
    <Panel title="Commands" note="What you told this bot, newest first" isFlush>
      {isError && <ErrorState title="The commands could not be refreshed." onRetry={() => void refetch()} />}
      {commands.length === 0 ? (
        <EmptyState title="Nothing was told to it yet">
          Pause, stop and close are at the top of this page; each says what it will do before it is done.
        </EmptyState>
      ) : (
        <Table caption="Commands to this bot, newest first">
          <thead>
            <tr>
              <HeadCell>Command</HeadCell>
              <HeadCell>State</HeadCell>
              <HeadCell isNumber>Asked</HeadCell>
              <HeadCell isNumber>Market time (UTC)</HeadCell>
            </tr>
          </thead>
          <tbody>
            {commands.map((command) => (
              <CommandRow key={command.id} command={command} />
            ))}
          </tbody>
        </Table>
      )}
      <PageButtons name="commands" cursor={cursor} page={page} onTurn={setCursor}>
        {cursor === null ? "The newest" : "Earlier ones"}
      </PageButtons>
    </Panel>
  );
};
