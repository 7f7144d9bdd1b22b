"use client";

import Link from "next/link";
import { formatPrice } from "~/components/format/format-amount";
import { Age } from "~/components/ui/age";
import { Badge, type Tone } from "~/components/ui/badge";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import type { ProposalView } from "~/contracts/proposal-view";

const STATES: Readonly<Record<ProposalView["state"], { readonly word: string; readonly tone: Tone }>> = {
  proposed: { word: "Proposed", tone: "warn" },
  accepted: { word: "Accepted", tone: "accent" },
  placed: { word: "Placed", tone: "gain" },
  declined: { word: "Declined", tone: "neutral" },
  expired: { word: "Expired", tone: "neutral" },
  refused: { word: "Refused", tone: "loss" },
};

/** What was proposed, then what was ordered where that is another. */
const change = (before: string, after: string | null = null): string =>
  after === null || after === before ? before : `${before} → ${after}`;

const EndedRow = ({ proposal }: { readonly proposal: ProposalView }) => {
  const { pair, side, state, reason, decidedBy, placed, priceDigits: digits, endedAt } = proposal;
  const { word, tone } = STATES[state];
  const inDigits = (price: string): string => formatPrice(price, digits);
  return (
    <Row>
      <RowHead>
        {placed?.positionId ? (
          <Link href={`/positions/${placed.positionId}`} className="link inline-flex min-h-6 items-center">
            {pair} {side}
          </Link>
        ) : (
          `${pair} ${side}`
        )}
      </RowHead>
      <Cell>
        <Badge tone={tone}>{word}</Badge>{" "}
        <span className="text-muted">{reason ?? (decidedBy === null ? "" : `by ${decidedBy}`)}</span>
      </Cell>
      <Cell isNumber>{change(proposal.quantity, placed?.quantity)}</Cell>
      <Cell isNumber>{change(inDigits(proposal.stopLoss), placed && inDigits(placed.stopLoss))}</Cell>
      <Cell isNumber>{change(inDigits(proposal.takeProfit), placed && inDigits(placed.takeProfit))}</Cell>
      <Cell isNumber>{endedAt && <Age since={endedAt} />}</Cell>
    </Row>
  );
};

/** The proposals that ended, with what was proposed and what was ordered. */
export const EndedProposals = ({ proposals }: { readonly proposals: readonly ProposalView[] }) => (
  <Table caption="Proposals that ended, newest first; an arrow leads from what was proposed to what was ordered">
    <thead>
      <tr>
        <HeadCell>Proposal</HeadCell>
        <HeadCell>Outcome</HeadCell>
        <HeadCell isNumber>Quantity</HeadCell>
        <HeadCell isNumber>Stop</HeadCell>
        <HeadCell isNumber>Target</HeadCell>
        <HeadCell isNumber>Ended</HeadCell>
      </tr>
    </thead>
    <tbody>
      {proposals.map((proposal) => (
        <EndedRow key={proposal.id} proposal={proposal} />
      ))}
    </tbody>
  </Table>
);
