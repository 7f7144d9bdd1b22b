/**
 * Funding as a fraction of the position per 8 h, as the venue states it: 0.0001 is 0.01 %, the usual rate of a swap, and
 * 0.0005 is 0.05 %. A positive rate is paid by longs to shorts. No percent is compared anywhere.
 */
export const FUNDING_ELEVATED = 0.0001;
export const FUNDING_EXTREME = 0.0005;
