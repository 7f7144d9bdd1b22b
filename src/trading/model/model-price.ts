import { decimal, type Decimal } from "../money";

/** US dollars per million tokens; null: what the vendor asks is not known. Caching for five minutes. */
export type TokenRates = {
  readonly input: Decimal;
  readonly output: Decimal;
  readonly cacheRead: Decimal | null;
  readonly cacheWrite: Decimal | null;
};

/** Rates of a request by the length of its whole prompt; null: of any length. */
type RateBand = { readonly promptTokensMax: number | null; readonly rates: TokenRates };

export type ModelPrice = {
  /** The first instant at which it holds, ms of wall time. */
  readonly validFrom: number;
  /** By rising length. A prompt longer than the last band has no price. */
  readonly bands: readonly RateBand[];
  /** The vendor may ask less, as at quiet hours: what is computed is the most that it can cost. */
  readonly isCeiling: boolean;
};

const MILLION = 1_000_000;

type RateTexts = {
  readonly input: string;
  readonly output: string;
  readonly cacheRead?: string;
  readonly cacheWrite?: string;
};

/** Rates of decimal text; a cache price that is left out is unknown. */
export const ratesOf = ({ input, output, cacheRead, cacheWrite }: RateTexts): TokenRates => ({
  input: decimal(input),
  output: decimal(output),
  cacheRead: cacheRead === undefined ? null : decimal(cacheRead),
  cacheWrite: cacheWrite === undefined ? null : decimal(cacheWrite),
});

/** Exact, in dollars. `perMillion` is a rate. */
export const chargeFor = (tokens: number, perMillion: Decimal): Decimal => perMillion.times(tokens).div(MILLION);

/** One price for prompts of any length. `day` is "2026-10-07", from midnight UTC. */
export const priceFrom = (day: string, rates: TokenRates): ModelPrice => ({
  validFrom: Date.parse(day),
  bands: [{ promptTokensMax: null, rates }],
  isCeiling: false,
});
