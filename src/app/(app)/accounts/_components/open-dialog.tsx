"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import { Field } from "~/components/ui/field";
import type { AccountList } from "~/contracts/accounts-view";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";

type MarketFieldProps = {
  readonly venues: AccountList["venues"];
  readonly value: string;
  readonly onChoose: (venueId: string) => void;
};

const MarketField = ({ venues, value, onChoose }: MarketFieldProps) => {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        Market
      </label>
      <select id={id} className="field" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {venues.map((venue) => (
          <option key={venue.id} value={venue.id}>
            {venue.name}
          </option>
        ))}
      </select>
    </div>
  );
};

type OpenDialogProps = { readonly venues: AccountList["venues"]; readonly onClose: () => void };

/** Opens a paper account on a market. */
export const OpenDialog = ({ venues, onClose }: OpenDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [key] = useState(() => uuidv7());
  const [wanted, setWanted] = useState({ name: "", capital: "10000", venueId: venues[0]?.id ?? "" });
  const open = useMutation(
    trpc.accounts.open.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.accounts.list.queryKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      title="Open a paper account"
      confirm="Open the account"
      isPending={open.isPending}
      isReady={wanted.name.trim() !== "" && wanted.capital.trim() !== ""}
      error={open.error ? describeFailure(open.error) : null}
      onConfirm={() => {
        if (!open.isPending) open.mutate({ ...wanted, key, capital: wanted.capital.trim() });
      }}
      onClose={onClose}
    >
      <p>
        It has paper money, of which each of its bots is allotted a part. A bot trades on the market of its account.
      </p>
      <Field
        label="Name"
        name="name"
        maxLength={60}
        autoComplete="off"
        value={wanted.name}
        onChange={({ currentTarget: { value: name } }) => setWanted((before) => ({ ...before, name }))}
      />
      <Field
        label="Capital, USDT"
        name="capital"
        inputMode="decimal"
        autoComplete="off"
        value={wanted.capital}
        onChange={({ currentTarget: { value: capital } }) => setWanted((before) => ({ ...before, capital }))}
      />
      <MarketField
        venues={venues}
        value={wanted.venueId}
        onChoose={(venueId) => setWanted((before) => ({ ...before, venueId }))}
      />
    </ConfirmDialog>
  );
};
