"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatUtc } from "~/components/format/format-time";
import { ListPager } from "~/components/lists/list-pager";
import { ListSearch } from "~/components/lists/list-search";
import { withParams } from "~/components/lists/with-params";
import { Age } from "~/components/ui/age";
import { Badge } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { EMAIL_MAX } from "~/contracts/credentials";
import type { Page } from "~/contracts/list-page";
import type { PersonRow } from "~/contracts/people";
import { useTRPC } from "~/trpc/react";
import { PAGE_ROWS } from "./page-rows";
import { PersonDialog, type PersonCommand } from "./person-dialog";

type PersonLineProps = {
  readonly person: PersonRow;
  readonly isSelf: boolean;
  readonly onAsk: (command: PersonCommand) => void;
};

const Marks = ({ person, isSelf }: Omit<PersonLineProps, "onAsk">) => (
  <span className="flex flex-wrap gap-1">
    {isSelf && <Badge tone="gain">You</Badge>}
    {person.role === "admin" && <Badge tone="accent">Administrator</Badge>}
    {person.blockedAt !== null && <Badge tone="loss">Blocked</Badge>}
    {!person.isVerified && <Badge tone="warn">E-mail not confirmed</Badge>}
  </span>
);

const PersonLine = ({ person, isSelf, onAsk }: PersonLineProps) => {
  const isBlocked = person.blockedAt !== null;
  return (
    <Row>
      <RowHead>
        <span className="block max-w-80 min-w-40 break-all">{person.email}</span>
        <Marks person={person} isSelf={isSelf} />
      </RowHead>
      <Cell className="figure whitespace-nowrap">{formatUtc(person.createdAt)}</Cell>
      <Cell>
        <Age since={person.lastSeenAt} />
      </Cell>
      <Cell isNumber>{person.sessions}</Cell>
      <Cell isNumber>{person.bots}</Cell>
      <Cell>
        <span className="flex gap-2">
          <button
            type="button"
            className="button"
            disabled={person.sessions === 0 || isSelf}
            aria-label={`End sessions of ${person.email}`}
            onClick={() => onAsk("end-sessions")}
          >
            End sessions
          </button>
          {person.role === "trader" && (
            <button
              type="button"
              className="button"
              aria-label={`${isBlocked ? "Unblock" : "Block"} ${person.email}`}
              onClick={() => onAsk(isBlocked ? "unblock" : "block")}
            >
              {isBlocked ? "Unblock" : "Block"}
            </button>
          )}
        </span>
      </Cell>
    </Row>
  );
};

type Asked = { readonly id: string; readonly command: PersonCommand };

type PeopleTableProps = {
  readonly people: readonly PersonRow[];
  readonly ownEmail: string;
  readonly onAsk: (asked: Asked) => void;
};

const PeopleTable = ({ people, ownEmail, onAsk }: PeopleTableProps) => (
  <Table caption="Users, newest first" minWidth="min-w-[52rem]">
    <thead>
      <tr>
        <HeadCell>E-mail</HeadCell>
        <HeadCell>Since (UTC)</HeadCell>
        <HeadCell>Last seen</HeadCell>
        <HeadCell isNumber>Open sessions</HeadCell>
        <HeadCell isNumber>Bots</HeadCell>
        <HeadCell>Actions</HeadCell>
      </tr>
    </thead>
    <tbody>
      {people.map((each) => (
        <PersonLine
          key={each.id}
          person={each}
          isSelf={each.email === ownEmail}
          onAsk={(command) => onAsk({ id: each.id, command })}
        />
      ))}
    </tbody>
  </Table>
);

type PeoplePanelProps = {
  /** A part of the addresses that are looked for; "": all users. */
  readonly text: string;
  readonly cursor: string | undefined;
  readonly page: Page<PersonRow>;
  readonly ownEmail: string;
};

const hrefOf = (text: string) => withParams("/admin", { text });

const noteOf = (text: string, { items, nextCursor, previousCursor }: Page<PersonRow>): string => {
  const users = `${items.length} ${items.length === 1 ? "user" : "users"}`;
  if (nextCursor === null && previousCursor === null) return `${users}, newest first`;
  return `${users} on this page${text === "" ? "" : " of those found"}, newest first`;
};

/** All users, or those who are looked for, the newest first, a page at a time. */
export const PeoplePanel = ({ text, cursor, page, ownEmail }: PeoplePanelProps) => {
  const trpc = useTRPC();
  const input = { text, cursor, limit: PAGE_ROWS };
  const { data, isError, refetch } = useQuery({ ...trpc.admin.people.queryOptions(input), initialData: page });
  const [asked, setAsked] = useState<Asked | null>(null);
  const person = data.items.find(({ id }) => id === asked?.id);
  return (
    <Panel title="Users" note="Newest first. A blocked user's bots go on, and their positions stay protected." isFlush>
      <div className="px-4 pb-3">
        <ListSearch label="Part of an e-mail" text={text} maxLength={EMAIL_MAX} hrefOf={hrefOf} />
      </div>
      {isError && <ErrorState title="The users could not be refreshed." onRetry={() => void refetch()} />}
      {data.items.length === 0 ? (
        <EmptyState title="No such user">No address has “{text}”. Search for a shorter part of it.</EmptyState>
      ) : (
        <PeopleTable people={data.items} ownEmail={ownEmail} onAsk={setAsked} />
      )}
      <ListPager name="users" href={hrefOf(text)} cursor={cursor} page={data}>
        {noteOf(text, data)}
      </ListPager>
      {person && asked && <PersonDialog person={person} command={asked.command} onClose={() => setAsked(null)} />}
    </Panel>
  );
};
