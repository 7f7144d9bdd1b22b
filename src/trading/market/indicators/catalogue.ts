import type { CatalogueEntry } from "./catalogue/catalogue-entry";
import { momentumEntries } from "./catalogue/momentum-entries";
import { structureEntries } from "./catalogue/structure-entries";
import { trendEntries } from "./catalogue/trend-entries";
import { volatilityEntries } from "./catalogue/volatility-entries";
import { volumeEntries } from "./catalogue/volume-entries";

/**
 * Every indicator of a single market by its code, for rules that a trader writes. A code and the meaning of its
 * parameters and outputs never change once a bot may have stored them; new ones are added.
 */
export const INDICATOR_CATALOGUE: readonly CatalogueEntry[] = [
  ...structureEntries,
  ...trendEntries,
  ...momentumEntries,
  ...volatilityEntries,
  ...volumeEntries,
];
