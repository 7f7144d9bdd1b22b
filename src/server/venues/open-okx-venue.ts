import type { MarketRules } from "~/trading/ports";
import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { VenueError } from "~/trading/venue-error";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { recordMarkets } from "./record-markets";

const { title } = VENUE_CATALOGUE.okx;

/** Other hosts are other venues: their candles must not be mixed. Null: OKX's own. */
const identityOf = (host: string | null) =>
  host === null ? { identity: "okx", name: title } : { identity: `okx:${host}`, name: `${title} (${host})` };

const listMarkets = async (ports: Pick<Ports, "marketDataOf">, venueId: string): Promise<MarketRules[]> => {
  try {
    return await (await ports.marketDataOf({ id: venueId, kind: "okx" })).listMarkets();
  } catch (error) {
    if (!(error instanceof VenueError)) throw error;
    throw new AppError(
      "venue-unreachable",
      `OKX's markets cannot be read (${error.kind}), and a bot needs their rules: check this machine's ` +
        "network, or set OKX_BASE_URL to OKX's host for your region, and try again.",
    );
  }
};

/**
 * The OKX venue with the trading rules of its markets as they are now, made when it is new. Public data, no key. Throws
 * AppError when the market cannot be reached; then nothing was made.
 */
export const openOkxVenue = async (
  ports: Pick<Ports, "db" | "newId" | "marketDataOf">,
  host: string | null,
): Promise<string> => {
  const { identity, name } = identityOf(host);
  const known = await ports.db.venue.findUnique({ where: { identity }, select: { id: true } });
  const venueId = known?.id ?? ports.newId();
  const rules = await listMarkets(ports, venueId);
  const { id } = await ports.db.venue.upsert({
    where: { identity },
    create: { id: venueId, kind: "okx", name, identity, finestTimeframe: "1m" },
    update: { archivedAt: null },
    select: { id: true },
  });
  await recordMarkets(ports, id, rules);
  return id;
};
