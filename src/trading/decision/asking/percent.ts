/** Facts are told in percent; all else reckons in fractions. */
export const PERCENT = 100;

/** A fraction in percent; what nobody knows stays unknown. */
export const toPercent = (fraction: number | null): number | null => (fraction === null ? null : fraction * PERCENT);
