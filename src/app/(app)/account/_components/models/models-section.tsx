"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { AccountProvider, ModelAccount } from "~/contracts/model-account";
import { useTRPC } from "~/trpc/react";
import { AddKey } from "./add-key";
import { BudgetPanel } from "./budget-panel";
import { KeyRow } from "./key-row";
import { RemoveDialog } from "./remove-dialog";
import { TestDialog } from "./test-dialog";
import { TrialList } from "./trial-list";

type Asked = { readonly verb: "test" | "remove"; readonly provider: AccountProvider };

/** Who is worth a line: whoever can be asked, and whose key is here. */
const isListed = ({ lacks, key }: AccountProvider): boolean => lacks === null || key !== null;

const KeysPanel = ({ account: { providers, trials, canKeep } }: { readonly account: ModelAccount }) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const listed = providers.filter(isListed);
  const close = (): void => setAsked(null);
  return (
    <Panel
      title="Model keys"
      note="By whose keys your bots ask language models. The vendor of a model bills the key's owner; 0xBot is never in between."
      isFlush
    >
      {listed.length === 0 && (
        <EmptyState title="No model can be asked yet">
          Add a key of a provider, and its models can be chosen.
        </EmptyState>
      )}
      <ul>
        {listed.map((provider) => (
          <KeyRow
            key={provider.provider}
            provider={provider}
            onTest={() => setAsked({ verb: "test", provider })}
            onRemove={() => setAsked({ verb: "remove", provider })}
          />
        ))}
      </ul>
      {trials.length > 0 && <TrialList trials={trials} />}
      <div className="border-t border-line px-4 py-3">
        <h3 className="mb-2 text-sm font-semibold">Add or replace a key</h3>
        {canKeep ? (
          <AddKey providers={providers.filter(({ isSimulated }) => !isSimulated)} />
        ) : (
          <p className="text-sm text-muted">
            This installation keeps no keys: its administrator has set no secret to encrypt them by (MODEL_KEY_SECRETS).
          </p>
        )}
      </div>
      {asked?.verb === "test" && <TestDialog provider={asked.provider} onClose={close} />}
      {asked?.verb === "remove" && <RemoveDialog provider={asked.provider} onClose={close} />}
    </Panel>
  );
};

/** The keys and the budget by which a user's bots ask language models. */
export const ModelsSection = ({ initial }: { readonly initial: ModelAccount }) => {
  const trpc = useTRPC();
  const { data, isError, refetch } = useQuery({ ...trpc.models.account.queryOptions(), initialData: initial });
  return (
    <div id="model-keys" className="grid scroll-mt-4 items-start gap-4 lg:grid-cols-2">
      {isError && <ErrorState title="Keys and budget could not be refreshed." onRetry={() => void refetch()} />}
      <KeysPanel account={data} />
      <BudgetPanel account={data} />
    </div>
  );
};
