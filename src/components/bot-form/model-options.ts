import type { ModelProviderChoice } from "~/contracts/model-choice";
import { textAt, type RawSettings } from "./draft";

export type ModelLack = NonNullable<ModelProviderChoice["lacks"]>;

/** What is missing, as it stands after a model's name. */
export const LACK_WORDS: Readonly<Record<ModelLack, string>> = {
  key: "a key is missing",
  address: "its address is missing",
  price: "no price of it is known, so what it costs cannot be limited",
};

type Model = { readonly key: string; readonly name: string };
type ModelGroup = { readonly title: string; readonly models: readonly Model[] };

const keyOf = (provider: string, id: string): string => `${provider}/${id}`;

/** The models that can be asked, by who answers; who has none of them is left out. */
export const groupModels = (providers: readonly ModelProviderChoice[]): ModelGroup[] =>
  providers
    .filter(({ lacks }) => lacks === null)
    .map(({ provider, title, models }) => ({
      title,
      models: models.filter(({ lacks }) => lacks === null).map(({ id }) => ({ key: keyOf(provider, id), name: id })),
    }))
    .filter(({ models }) => models.length > 0);

type MissingLine = Model & { readonly lack: ModelLack };

/** Who and what cannot be asked, each with what is missing: of a provider that lacks something, one line. */
export const missingLines = (providers: readonly ModelProviderChoice[]): MissingLine[] =>
  providers.flatMap(({ provider, title, lacks, takesAny, models }): MissingLine[] => {
    // A key would be kept in vain.
    if (models.length === 0 && !takesAny) return [{ key: provider, name: title, lack: "price" }];
    if (lacks !== null) return [{ key: provider, name: title, lack: lacks }];
    return models.flatMap(({ id, lacks: lack }) =>
      lack === null ? [] : [{ key: keyOf(provider, id), name: `${id} of ${title}`, lack }],
    );
  });

type Providers = readonly ModelProviderChoice[];

const providerOf = (providers: Providers, settings: RawSettings | undefined): ModelProviderChoice | undefined => {
  const key = textAt(settings, "decision.model");
  return providers.find(({ provider }) => key?.startsWith(`${provider}/`) === true);
};

/** Whether it is no model that is asked, but a script in its place. */
export const isScripted = (providers: Providers, settings: RawSettings | undefined): boolean =>
  providerOf(providers, settings)?.isSimulated === true;

/** Whether nobody is paid for its answers: a script, or a machine of one's own. */
export const isUnpaid = (providers: Providers, settings: RawSettings | undefined): boolean => {
  const found = providerOf(providers, settings);
  return found !== undefined && (found.isSimulated || found.takesAny);
};

/**
 * Whether its answers are known to be paid for, by the model that stands in the form, else by the one that its defaults
 * were read as; false before they were read.
 */
export const isPaid = (providers: Providers, draft: RawSettings, read: RawSettings | undefined): boolean => {
  const settings = textAt(draft, "decision.model") === null ? read : draft;
  return settings !== undefined && !isUnpaid(providers, settings);
};

/** What a model by its key lacks; null: nothing that is known here. */
export const lackOf = (key: string, providers: readonly ModelProviderChoice[]): ModelLack | null => {
  const at = key.indexOf("/");
  const found = providers.find(({ provider }) => provider === key.slice(0, at));
  // Who is not offered here answers nowhere.
  if (!found) return "address";
  if (found.lacks !== null) return found.lacks;
  const model = found.models.find(({ id }) => id === key.slice(at + 1));
  if (model) return model.lacks;
  return found.takesAny ? null : "price";
};
