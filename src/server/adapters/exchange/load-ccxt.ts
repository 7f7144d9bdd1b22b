/** The ccxt module. */
export type Ccxt = typeof import("ccxt");

/** Loads ccxt, once, when first needed: it costs 400 ms and 85 MB. Nothing else may import it. */
export const loadCcxt = (): Promise<Ccxt> => import("ccxt");
