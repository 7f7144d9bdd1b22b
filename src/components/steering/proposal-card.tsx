"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { formatAmount, formatPrice } from "~/components/format/format-amount";
import type { CommandView } from "~/contracts/command-view";
import type { ProposalView } from "~/contracts/proposal-view";
import { useTRPC } from "~/trpc/react";
import { AcceptDialog } from "./accept-dialog";
import { LastPrice } from "./last-price";
import { nameOf } from "./proposal-outcome";
import { useDecision } from "./use-decision";

/** How long it waits still, in wall time; null before the page has a clock. */
const useLeft = (expiresAt: Date): string | null => {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tick = (): void => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
  if (now === null) return null;
  const seconds = Math.max(0, Math.round((expiresAt.getTime() - now) / 1000));
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")} min left`;
};

const Figure = ({ label, children }: { readonly label: string; readonly children: string }) => (
  <div>
    <dt className="text-sm text-muted">{label}</dt>
    <dd className="figure">{children}</dd>
  </div>
);

const Figures = ({ proposal }: { readonly proposal: ProposalView }) => {
  const { bot, priceDigits: digits } = proposal;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 lg:grid-cols-6">
      <Figure label="Judged at">{formatPrice(proposal.referencePrice, digits)}</Figure>
      <Figure label="Holds within">
        {`${formatPrice(proposal.bandLow, digits)} to ${formatPrice(proposal.bandHigh, digits)}`}
      </Figure>
      <Figure label="Worth">{`${formatAmount(proposal.notional)} ${bot.currency}`}</Figure>
      <Figure label="Lost at its stop">{`${formatAmount(proposal.risk)} ${bot.currency}`}</Figure>
      <Figure label="Stop">{formatPrice(proposal.stopLoss, digits)}</Figure>
      <Figure label="Target">{formatPrice(proposal.takeProfit, digits)}</Figure>
    </dl>
  );
};

/** What it waits for. */
const describeWaiting = ({ state, acceptedAt }: ProposalView, left: string | null): string => {
  if (state === "accepted") return "being placed";
  return acceptedAt === null ? (left ?? "…") : "accepted in time, waits for the cycle that has the bot";
};

/** The price that a proposal is accepted by is the last one that is known. */
const useReadAgain = (): (() => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries(trpc.proposals.list.pathFilter());
};

type AnswersProps = {
  readonly name: string;
  readonly isPending: boolean;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
};

const Answers = ({ name, isPending, onAccept, onDecline }: AnswersProps) => (
  <div className="flex flex-wrap gap-2">
    <button type="button" className="button button-primary" aria-label={`Accept ${name}`} onClick={onAccept}>
      Accept
    </button>
    <button type="button" className="button" aria-label={`Decline ${name}`} disabled={isPending} onClick={onDecline}>
      Decline
    </button>
  </div>
);

type ProposalCardProps = { readonly proposal: ProposalView; readonly onAnswer: (command: CommandView) => void };

/** One entry that waits for its trader's word. */
export const ProposalCard = ({ proposal, onAnswer }: ProposalCardProps) => {
  const { bot, pair, side, state, why, cycleId, acceptedAt } = proposal;
  const left = useLeft(proposal.expiresAt);
  const [isAccepting, setAccepting] = useState(false);
  const readAgain = useReadAgain();
  const { decline, isPending, error } = useDecision(proposal.id, onAnswer);
  const name = nameOf(proposal);
  return (
    <li className="grid gap-3 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">
          {pair} {side}{" "}
          <Link href={`/bots/${bot.id}`} className="link inline-flex min-h-6 items-center font-normal">
            {bot.name}
          </Link>
        </h3>
        <span className="figure text-sm text-warn">{describeWaiting(proposal, left)}</span>
      </div>
      <p className="text-sm text-muted">
        {/* It may be a model's own words. */}
        <ForeignWords text={why} />{" "}
        <Link href={`/cycles/${cycleId}`} className="link inline-flex min-h-6 items-center">
          Why
          <span className="sr-only"> {name}</span>
        </Link>
      </p>
      <Figures proposal={proposal} />
      <p className="text-sm">
        <LastPrice proposal={proposal} />
      </p>
      {state === "proposed" && acceptedAt === null && (
        <Answers
          name={name}
          isPending={isPending}
          onAccept={() => {
            setAccepting(true);
            readAgain();
          }}
          onDecline={decline}
        />
      )}
      {error !== null && (
        <p role="alert" className="text-sm text-loss">
          {error}
        </p>
      )}
      {isAccepting && <AcceptDialog proposal={proposal} onAnswer={onAnswer} onClose={() => setAccepting(false)} />}
    </li>
  );
};
