import fc from "fast-check";

/** Any fixed number will do: then only a change of the code can make a test fail. */
const DEFAULT_SEED = 20_261_127;

/**
 * Draws the cases of all properties from one seed, so that a test run can be repeated. `PROPERTY_SEED` sets another
 * seed, as `npm run prove:properties` does.
 */
fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? DEFAULT_SEED) });
