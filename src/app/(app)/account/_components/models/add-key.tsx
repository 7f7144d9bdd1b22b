"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Field } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import type { AccountProvider } from "~/contracts/model-account";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";
import { isUnpriced } from "./is-unpriced";

type AddKeyProps = { readonly providers: readonly AccountProvider[] };
type OfProvider = { readonly provider: AccountProvider };

const KEY_HINT = "It is kept encrypted and never shown again: only its last four letters are.";
const NO_KEY_HINT = "Where it asks for none, any word of six letters does, such as “ollama”.";
const ADDRESS_HINT =
  "Where it answers as Anthropic's Messages API does. Addresses of this machine or its network are refused unless its administrator allows them.";

const UNPRICED =
  "No price of its models is known here, so none of them can be asked, also with a key: what it costs could not be limited.";

/** The key, and the address of whoever has none of its own or runs on a machine of one's own. */
const KeyFields = ({ provider, provider: { needsKey, takesAddress, takesAny } }: OfProvider) => (
  <>
    {isUnpriced(provider) && <p className="text-sm text-warn">{UNPRICED}</p>}
    <Field
      label="Key"
      name="key"
      type="password"
      autoComplete="off"
      spellCheck={false}
      required
      hint={needsKey ? KEY_HINT : `${KEY_HINT} ${NO_KEY_HINT}`}
    />
    {(takesAddress || takesAny) && (
      <Field
        label="Address"
        name="baseUrl"
        type="url"
        placeholder="https://models.example.org"
        autoComplete="off"
        required={takesAddress}
        hint={ADDRESS_HINT}
      />
    )}
  </>
);

type PickProps = AddKeyProps & OfProvider & { readonly onPick: (provider: AccountProvider) => void };

const ProviderPick = ({ provider, providers, onPick }: PickProps) => {
  const id = useId();
  const pick = (name: string): void => {
    const found = providers.find((each) => each.provider === name);
    if (found) onPick(found);
  };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        Provider
      </label>
      <select id={id} className="field" value={provider.provider} onChange={({ target }) => pick(target.value)}>
        {providers.map((each) => (
          <option key={each.provider} value={each.provider}>
            {each.title}
          </option>
        ))}
      </select>
    </div>
  );
};

/** Sends a key to be kept. `kept`: how many were, since the fields are empty again after each. */
const useAddKey = (provider: AccountProvider) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const add = useMutation(trpc.models.addKey.mutationOptions());
  const [kept, setKept] = useState(0);
  const submission = useSubmission({
    send: async (form) => {
      const address = textOf(form, "baseUrl").trim();
      const baseUrl = address === "" ? null : address;
      try {
        await add.mutateAsync({ provider: provider.provider, key: textOf(form, "key"), baseUrl });
      } catch (failure) {
        return describeFailure(failure);
      }
      setKept((before) => before + 1);
      await queryClient.invalidateQueries({ queryKey: trpc.models.account.queryKey() });
      return null;
    },
  });
  return { ...submission, kept, isKept: add.isSuccess };
};

const KeyForm = ({ provider, providers, onPick }: PickProps) => {
  const { error, isPending, onSubmit, kept, isKept } = useAddKey(provider);
  return (
    <form method="post" onSubmit={onSubmit} className="grid max-w-[28rem] gap-3">
      <FormError id="model-key-error" error={error} />
      <ProviderPick provider={provider} providers={providers} onPick={onPick} />
      {/* They alone are given anew once a key is kept: the button keeps the focus, and its words are heard. */}
      <KeyFields key={kept} provider={provider} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button type="submit" disabled={isPending} className="button button-primary">
          {isPending ? "Keeping it…" : "Keep the key"}
        </button>
        <p role="status" className="text-sm">
          {isKept && "Kept. Test it before a bot asks by it."}
        </p>
      </div>
    </form>
  );
};

/** Keeps a key, which is never shown again. */
export const AddKey = ({ providers }: AddKeyProps) => {
  const [chosen, setChosen] = useState(providers[0]);
  return chosen ? <KeyForm provider={chosen} providers={providers} onPick={setChosen} /> : null;
};
