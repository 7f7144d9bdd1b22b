import type { ModelProviderChoice } from "~/contracts/model-choice";
import { findPrice } from "~/trading/model/find-price";
import { MODEL_CATALOGUE } from "~/trading/model/model-catalogue";
import { PROVIDER_IDS, PROVIDERS, type ProviderId } from "~/trading/model/model-provider";
import type { ModelSettings } from "../../ports/model-settings";

/** A key of the user's own, by provider. `baseUrl` null: it is for the provider's own address. */
type OwnKeys = ReadonlyMap<string, { readonly baseUrl: string | null }>;

type Here = {
  readonly models: Pick<ModelSettings, "sharedKeyOf" | "scriptedUrl" | "allowsPrivate">;
  readonly keys: OwnKeys;
  /** Wall time, ms. */
  readonly now: number;
};

const hasAddress = (provider: ProviderId, { models, keys }: Here): boolean => {
  const { baseUrl, isOwnMachine, isScripted } = PROVIDERS[provider];
  if (isScripted) return models.scriptedUrl !== null;
  if (keys.get(provider)?.baseUrl) return true;
  return baseUrl !== null && (models.allowsPrivate || !isOwnMachine);
};

const lackOf = (provider: ProviderId, here: Here): ModelProviderChoice["lacks"] => {
  if (!hasAddress(provider, here)) return "address";
  const { needsKey } = PROVIDERS[provider];
  return !needsKey || here.keys.has(provider) || here.models.sharedKeyOf(provider) !== null ? null : "key";
};

const modelsOf = (provider: ProviderId, now: number): ModelProviderChoice["models"] =>
  MODEL_CATALOGUE.filter((model) => model.provider === provider).map((model) => ({
    id: model.id,
    lacks: findPrice(model, now).outcome === "priced" ? null : "price",
  }));

/** Everybody who can answer, and what keeps a user from asking them. The scripted model is no name where it is not run. */
export const providerChoices = (here: Here): ModelProviderChoice[] =>
  PROVIDER_IDS.filter((provider) => !PROVIDERS[provider].isScripted || here.models.scriptedUrl !== null).map(
    (provider) => ({
      provider,
      title: PROVIDERS[provider].title,
      isSimulated: PROVIDERS[provider].isScripted,
      lacks: lackOf(provider, here),
      takesAny: PROVIDERS[provider].isOwnMachine,
      models: modelsOf(provider, here.now),
    }),
  );
