import { findModel } from "./find-model";
import { findPrice, type PriceFinding } from "./find-price";
import { parseModelName } from "./model-name";
import { isProviderId } from "./model-provider";
import type { ModelTraits } from "./model-traits";

/** A model as settings name it, "anthropic/claude-haiku-5-5"; null: nobody can have it. */
export const findNamedModel = (name: string): ModelTraits | null => {
  const { provider, id } = parseModelName(name);
  return isProviderId(provider) && id !== "" ? findModel(provider, id) : null;
};

/** What it costs at `at` (ms of wall time), or why nobody knows. */
export const findNamedPrice = (name: string, at: number): PriceFinding => {
  const model = findNamedModel(name);
  if (model !== null) return findPrice(model, at);
  return { outcome: "refused", reason: `There is no provider "${parseModelName(name).provider}" of a model.` };
};
