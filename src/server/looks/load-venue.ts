import { invariant } from "~/trading/invariant";
import { isTimeframe } from "~/trading/market/timeframe";
import type { MarketRules } from "~/trading/ports";
import { isOutage, type VenueHealth } from "~/trading/venue-health";
import { toMarketTerms } from "../bot-context";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import { toHealth } from "../venues/find-outage";
import { shownTimeAt } from "../venues/venue-time";
import type { LookVenue } from "./gather-markets";

export type OpenVenue = LookVenue & {
  readonly now: number;
  readonly outage: string | null;
  /** It was found silent: an answer of it has to be told. */
  readonly isSuspected: boolean;
  /** It has a clock of its own, and answers on this machine. */
  readonly isSimulated: boolean;
};

type Market = {
  readonly id: number;
  readonly pair: string;
  readonly marketType: MarketRules["marketType"];
  readonly tick: string;
  readonly lot: string;
  readonly contractSize: string;
  readonly quantityMin: string;
  readonly notionalMin: string | null;
  readonly leverageMax: number | null;
};

type Row = {
  readonly kind: VenueRef["kind"];
  readonly finestTimeframe: string;
  readonly markets: readonly Market[] | null;
  readonly anchorWall: Date | null;
  readonly anchorMarket: Date | null;
  readonly speed: number | null;
  readonly previousSpeed: number | null;
  readonly highWater: Date | null;
  readonly state: VenueHealth["state"] | null;
  readonly message: string | null;
  readonly since: Date | null;
  readonly checkedAt: Date | null;
  readonly suspectedAt: Date | null;
};

const clockOf = ({ anchorWall, anchorMarket, speed, previousSpeed, highWater }: Row) =>
  anchorWall && anchorMarket && speed !== null && highWater
    ? { anchorWall, anchorMarket, speed, previousSpeed, highWater }
    : null;

const healthOf = ({ state, message, since, checkedAt, suspectedAt }: Row): VenueHealth | null =>
  state && since && checkedAt ? toHealth({ state, message, since, checkedAt, suspectedAt }) : null;

/** A venue with its clock, its markets and what is known against asking it, in one statement. */
export const loadVenue = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">, id: string): Promise<OpenVenue> => {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT v.kind::text, v.finest_timeframe AS "finestTimeframe", k.anchor_wall AS "anchorWall",
      k.anchor_market AS "anchorMarket", k.speed, k.previous_speed AS "previousSpeed", k.high_water AS "highWater",
      h.state::text, h.message, h.since, h.checked_at AS "checkedAt", h.suspected_at AS "suspectedAt",
      (SELECT json_agg(json_build_object('id', m.id, 'pair', m.pair, 'marketType', m.market_type, 'tick', m.tick::text,
        'lot', m.lot::text, 'contractSize', m.contract_size::text, 'quantityMin', m.quantity_min::text,
        'notionalMin', m.notional_min::text, 'leverageMax', m.leverage_max) ORDER BY m.id)
        FROM markets m WHERE m.venue_id = v.id) AS markets
    FROM venues v LEFT JOIN venue_clocks k ON k.venue_id = v.id LEFT JOIN venue_health h ON h.venue_id = v.id
    WHERE v.id = ${id}::uuid`;
  invariant(row, `there is no venue ${id}`);
  const { kind, finestTimeframe, markets } = row;
  invariant(isTimeframe(finestTimeframe), `venue ${id} has the timeframe ${finestTimeframe}`);
  const [clock, health, wall] = [clockOf(row), healthOf(row), wallNow()];
  return {
    venue: { id, kind },
    finestTimeframe,
    markets: (markets ?? []).map((market) => ({ id: market.id, rules: toMarketTerms(market, kind) })),
    now: shownTimeAt(clock, wall),
    outage: health && isOutage(health, wall) ? health.message : null,
    isSuspected: health !== null && (health.suspectedAt !== null || health.state === "unreachable"),
    isSimulated: clock !== null,
  };
};
