import { z } from "zod";

import { parseDecimalText, parseNumber } from "~/trading/market/parse-number";
import { tradingPairSchema, type MarketType } from "~/trading/market/trading-pair";
import { decimal, toPlain } from "~/trading/money";
import type { MarketRules } from "~/trading/ports";

const text = z.string().catch("");

const instrumentSchema = z.looseObject({
  instId: text,
  instType: text,
  state: text,
  baseCcy: text,
  quoteCcy: text,
  settleCcy: text,
  uly: text,
  ctType: text,
  ctVal: text,
  ctMult: text,
  tickSz: text,
  lotSz: text,
  minSz: text,
  lever: text,
});
type Instrument = z.infer<typeof instrumentSchema>;

/**
 * The rules of a row of public/instruments, contracts turned into base units. null for what cannot be traded here: not
 * live, settled in the coin, dated, or without a usable step. One odd listing must not take the others down.
 */
export const parseOkxMarket = (row: unknown): MarketRules | null => {
  const parsed = instrumentSchema.safeParse(row);
  if (!parsed.success || parsed.data.state !== "live") return null;
  const identity = identityOf(parsed.data);
  const steps = stepsOf(parsed.data);
  if (identity === null || steps === null) return null;
  return {
    ...identity,
    ...steps,
    notionalMin: null,
    // What OKX states for spot is the leverage of its margin loans, which a spot order does not use.
    leverageMax: identity.marketType === "spot" ? 1 : parseNumber(parsed.data.lever),
  };
};

const identityOf = (instrument: Instrument): { pair: string; marketType: MarketType } | null => {
  const isSpot = instrument.instType === "SPOT";
  const [base, quote] = isSpot ? [instrument.baseCcy, instrument.quoteCcy] : instrument.uly.split("-");
  const isNamed = instrument.instId === `${base}-${quote}${isSpot ? "" : "-SWAP"}`;
  const isLinear = isSpot || (instrument.ctType === "linear" && instrument.settleCcy === quote && quote !== "USD");
  const pair = tradingPairSchema.safeParse(`${base}/${quote}`);
  if (!isNamed || !isLinear || !pair.success) return null;
  return { pair: pair.data, marketType: isSpot ? "spot" : "swap" };
};

type Steps = Pick<MarketRules, "tick" | "contractSize" | "lot" | "quantityMin">;

const stepsOf = (instrument: Instrument): Steps | null => {
  const contractSize = instrument.instType === "SPOT" ? "1" : contractSizeOf(instrument);
  const tick = positiveOf(instrument.tickSz);
  const lot = positiveOf(instrument.lotSz);
  const sizeMin = positiveOf(instrument.minSz);
  if (contractSize === null || tick === null || lot === null || sizeMin === null) return null;
  return { tick, contractSize, lot: product(lot, contractSize), quantityMin: product(sizeMin, contractSize) };
};

/** Base units of one contract: its value times its multiplier (1 for linear swaps). */
const contractSizeOf = ({ ctVal, ctMult }: Instrument): string | null => {
  const value = positiveOf(ctVal);
  const multiplier = ctMult === "" ? "1" : positiveOf(ctMult);
  return value === null || multiplier === null ? null : product(value, multiplier);
};

const positiveOf = (value: unknown): string | null => {
  const number = parseDecimalText(value);
  return number !== null && decimal(number).gt(0) ? number : null;
};

const product = (a: string, b: string): string => toPlain(decimal(a).times(b));
