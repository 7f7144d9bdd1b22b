import type { BotSettings } from "~/trading/bot-settings";
import type { Database } from "../db/client";
import { AppError } from "../errors";

/** Throws AppError when the venue does not list one of the pairs. */
export const requireListed = async (
  db: Pick<Database, "market">,
  venueId: string,
  { pairs, marketType }: Pick<BotSettings, "pairs" | "marketType">,
): Promise<void> => {
  const listed = await db.market.findMany({
    where: { venueId, marketType, pair: { in: pairs } },
    select: { pair: true },
  });
  const missing = pairs.filter((pair) => listed.every((market) => market.pair !== pair));
  if (missing.length === 0) return;
  const message = `The venue has no ${marketType} market for ${missing.join(", ")}: choose other pairs.`;
  throw new AppError("unknown-pair", message, [{ path: "settings.pairs", message }]);
};
