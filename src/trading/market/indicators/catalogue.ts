import type { CatalogueEntry } from "./catalogue-entry";
import { momentumEntries } from "./catalogue-momentum";
import { structureEntries } from "./catalogue-structure";
import { trendEntries } from "./catalogue-trend";
import { volatilityEntries } from "./catalogue-volatility";
import { volumeEntries } from "./catalogue-volume";

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
