import { sumOf, ZERO, type Decimal } from "../money";
import { chargeFor, type ModelPrice, type TokenRates } from "./model-price";
import { countPromptTokens, type TokenUsage } from "./token-usage";

/** null where tokens were used whose price is unknown. */
const chargeKnown = (tokens: number, perMillion: Decimal | null): Decimal | null => {
  if (tokens === 0) return ZERO;
  return perMillion === null ? null : chargeFor(tokens, perMillion);
};

/** Those of the band that a prompt of this length falls into; null: it has none. */
export const ratesFor = ({ bands }: ModelPrice, promptTokens: number): TokenRates | null =>
  bands.find(({ promptTokensMax }) => promptTokensMax === null || promptTokens <= promptTokensMax)?.rates ?? null;

/**
 * What a reply costs in US dollars, exact and not rounded: each kind of token at its rate, all at those of the band that
 * the whole prompt falls into. null: unknown, since a kind that was used has no price; never 0.
 */
export const costOf = (usage: TokenUsage, price: ModelPrice): Decimal | null => {
  const rates = ratesFor(price, countPromptTokens(usage));
  if (rates === null) return null;
  const read = chargeKnown(usage.cacheReadTokens, rates.cacheRead);
  const written = chargeKnown(usage.cacheWriteTokens, rates.cacheWrite);
  if (read === null || written === null) return null;
  return sumOf([chargeFor(usage.inputTokens, rates.input), read, written, chargeFor(usage.outputTokens, rates.output)]);
};
