import { maxOf, type Decimal } from "../money";
import { ratesFor } from "./cost-of";
import type { ModelRequest } from "./model-call";
import { chargeFor, type ModelPrice } from "./model-price";

/** What vendors add to a prompt of their own: how a tool is called, and the marks between its parts. */
const ADDED_TOKENS = 1000;

const encoder = new TextEncoder();

/** No tokenizer makes more tokens than there are bytes. */
const countBytes = (text: string): number => encoder.encode(text).length;

/** An upper bound of the prompt's tokens: about four times what it will be. */
const countTokensAtMost = ({ system, blocks, tool }: ModelRequest): number =>
  [system, ...blocks, JSON.stringify(tool)].reduce((total, text) => total + countBytes(text), ADDED_TOKENS);

/**
 * The most that a request can cost in US dollars, told before it is sent: every byte a token of the dearest kind, and a
 * reply of the greatest length. A second try costs nothing more, since it comes only where the first was not charged.
 * null: unknown, since a prompt of that length has no price.
 */
export const costAtMost = (request: ModelRequest, price: ModelPrice): Decimal | null => {
  const promptTokens = countTokensAtMost(request);
  const rates = ratesFor(price, promptTokens);
  if (rates === null) return null;
  const { input, cacheRead, cacheWrite, output } = rates;
  const dearest = maxOf(input, cacheRead ?? input, cacheWrite ?? input);
  return chargeFor(promptTokens, dearest).plus(chargeFor(request.outputTokensMax, output));
};
