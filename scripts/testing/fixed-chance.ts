import fc from "fast-check";

/** Any number: what matters is that a change of the code alone can turn a test red. */
const DEFAULT_SEED = 20_261_127;

/**
 * Draws the cases of all properties by one seed, so that a run of the tests can be repeated; `PROPERTY_SEED` draws
 * others, as `npm run prove:properties` does.
 */
fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? DEFAULT_SEED) });
