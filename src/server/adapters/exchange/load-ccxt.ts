import type okx from "../../../../node_modules/ccxt/js/src/okx.js";

export type Okx = okx;

/** Of ccxt: OKX's class, and those of its errors. */
export type Ccxt = Readonly<{ okx: typeof okx }> & typeof import("../../../../node_modules/ccxt/js/src/base/errors.js");

/**
 * Loads it once, when first needed. By its path, since ccxt exports its 110 exchanges only as one: that costs 80 MB and
 * 440 ms, the one 25 MB and 120 ms. Nothing else may import it.
 */
export const loadCcxt = async (): Promise<Ccxt> => {
  const [{ default: okx }, errors] = await Promise.all([
    import("../../../../node_modules/ccxt/js/src/okx.js"),
    import("../../../../node_modules/ccxt/js/src/base/errors.js"),
  ]);
  return { okx, ...errors };
};
