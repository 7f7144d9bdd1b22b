import type { MarketRules } from "~/trading/ports";
import type { Ports } from "../ports";

/** Stores the trading rules of every market a venue lists, or brings them up to date. Returns how many there are. */
export const recordMarkets = async (
  ports: Pick<Ports, "db">,
  venueId: string,
  rules: readonly MarketRules[],
): Promise<number> => {
  for (const { pair, marketType, ...values } of rules) {
    await ports.db.market.upsert({
      where: { venueId_pair_marketType: { venueId, pair, marketType } },
      create: { venueId, pair, marketType, ...values },
      update: values,
    });
  }
  return rules.length;
};
