"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeList } from "~/components/trading/change-list";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { NewExits } from "~/contracts/new-exits";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";
import { useCommand } from "./use-command";

type ApplyExitsProps = { readonly botId: string; readonly positionId?: string };
type Position = NewExits["positions"][number];

const PositionChanges = ({ pair, side, changes, refused }: Position) => (
  <section>
    <h3 className="font-semibold">
      {pair} {side}
    </h3>
    {refused === null ? <ChangeList changes={changes} /> : <p className="text-muted">Stays as it is: {refused}.</p>}
  </section>
);

const Agreement = ({ isAgreed, onChange }: { isAgreed: boolean; onChange: (isAgreed: boolean) => void }) => (
  <label className="flex items-start gap-2">
    <input
      type="checkbox"
      className="mt-0.5 size-4"
      checked={isAgreed}
      onChange={(event) => onChange(event.target.checked)}
    />
    <span>A stop of these protects less than the present one. I want that.</span>
  </label>
);

/** What will be done, before it is done. */
const describeApplied = (data: NewExits | undefined, count: number): string => {
  if (data === undefined) return "Reading what would change…";
  if (count === 0) return "It holds nothing any more.";
  return `From the next candle on these follow version ${data.version} of the settings, by the price of their entry. The rules by which the mode closes them stay those of the version that opened them.`;
};

const useNewExits = ({ botId, positionId }: ApplyExitsProps) => {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.bots.newExits.queryOptions({ botId }));
  const positions = data?.positions.filter(({ id }) => positionId === undefined || id === positionId) ?? [];
  const isLooser = positions.some((position) => position.isLooser);
  const isAble = positions.some(({ refused }) => refused === null);
  return {
    positions,
    isLooser,
    isAble,
    fault: errorWords(error),
    says: describeApplied(data, positions.length),
    version: data?.version,
  };
};

const ApplyExitsDialog = ({ botId, positionId, onClose }: ApplyExitsProps & { readonly onClose: () => void }) => {
  const { positions, isLooser, isAble, fault, says, version } = useNewExits({
    botId,
    ...(positionId !== undefined && { positionId }),
  });
  const [isAgreed, setAgreed] = useState(false);
  const { ask, isPending, error } = useCommand(botId, onClose);
  return (
    <ConfirmDialog
      title="Apply the present exits"
      confirm="Apply"
      isPending={isPending}
      isReady={isAble && (!isLooser || isAgreed)}
      error={error ?? fault}
      onConfirm={() => ask({ kind: "apply-exits", isLooser, version, ...(positionId !== undefined && { positionId }) })}
      onClose={onClose}
    >
      <p>{says}</p>
      {positions.map((position) => (
        <PositionChanges key={position.id} {...position} />
      ))}
      {isLooser && <Agreement isAgreed={isAgreed} onChange={setAgreed} />}
    </ConfirmDialog>
  );
};

/** A button that gives open positions the exits of the bot's present settings, after it says what changes. */
export const ApplyExits = (of: ApplyExitsProps & { readonly isDisabled?: boolean }) => {
  const { isDisabled = false, ...asked } = of;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" disabled={isDisabled} onClick={() => setOpen(true)}>
        Apply new exits
      </button>
      {isOpen && <ApplyExitsDialog {...asked} onClose={() => setOpen(false)} />}
    </>
  );
};
