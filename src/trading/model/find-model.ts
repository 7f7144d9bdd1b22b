import { MODEL_CATALOGUE, UNKNOWN_CAPABILITIES } from "./model-catalogue";
import { priceFrom, ratesOf, type ModelPrice } from "./model-price";
import { PROVIDERS, type ProviderId } from "./model-provider";
import type { ModelTraits } from "./model-traits";

/** Known, not unknown: what runs on one's own machine is not paid by the token. */
const FREE: ModelPrice = priceFrom("1970-01-01", ratesOf({ input: "0", output: "0", cacheRead: "0", cacheWrite: "0" }));

/**
 * A provider's model by its name there. A name that the catalogue does not have is taken as it is: with no more than the
 * plain request, and without a price unless it runs on one's own machine.
 */
export const findModel = (provider: ProviderId, id: string): ModelTraits =>
  MODEL_CATALOGUE.find((model) => model.provider === provider && model.id === id) ?? {
    provider,
    id,
    capabilities: UNKNOWN_CAPABILITIES,
    prices: PROVIDERS[provider].isOwnMachine ? [FREE] : [],
  };
