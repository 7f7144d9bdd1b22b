import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";
import type { VenueView } from "~/contracts/venue-view";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { isSilent, type Beats } from "../../health/judge-beats";
import { readVitals } from "../../health/read-beats";
import { isOutage } from "~/trading/venue-health";
import { toHealth } from "../../venues/find-outage";
import { speedRefusalOf } from "../../venues/speed-rights";
import { listVenueHealth, type VenueHealthRow } from "./list-venue-health";

type Row = {
  readonly id: string;
  readonly kind: VenueKind;
  readonly name: string;
  readonly openedAt: Date | null;
  readonly archivedAt: Date | null;
  readonly clock: NonNullable<VenueView["clock"]> | null;
  readonly speedRefusal: string | null;
  readonly pairs: readonly string[];
  readonly bots: number;
};
type Condition = Pick<VenueView, "state" | "message" | "since" | "checkedAt" | "latencyMs">;

const SILENT = "It does not answer. It restarts by itself; if this lasts, restart 0xBot.";
const NOT_WATCHED = "It did not answer at the last check, and has not been checked since.";
const NOT_SHOWN = "Its market is not running: another demo market is.";

const UNCHECKED: Condition = { state: "unchecked", message: null, since: null, checkedAt: null, latencyMs: null };

/** How a venue was found at its last check; an outage whose last check is too old counts as unknown. */
const judge = (health: VenueHealthRow | undefined, wallNow: number): Condition => {
  if (!health) return UNCHECKED;
  const { state, message, since, checkedAt, latencyMs, suspectedAt } = health;
  if (suspectedAt !== null) return { state: "suspect", message, since: suspectedAt, checkedAt, latencyMs };
  if (state === "unreachable" && !isOutage(toHealth(health), wallNow)) {
    return { ...UNCHECKED, message: NOT_WATCHED, checkedAt };
  }
  return { state, message, since, checkedAt, latencyMs };
};

/** The state of a running market by its own process and clock, which is newer than the last look. */
const judgeRunning = ({ clock }: Row, market: NonNullable<Beats["market"]>, seen: Condition): Condition => {
  const own = { checkedAt: market.beatAt, message: null, latencyMs: seen.latencyMs };
  if (isSilent(market)) return { ...own, state: "unreachable", message: SILENT, since: market.beatAt };
  if (clock?.speed === 0) return { ...own, state: "paused", since: clock.anchorWall };
  // Only a check can tell whether a recording has ended.
  return seen.state === "maintenance" ? seen : { ...own, state: "ok", since: null };
};

const judgeDemo = (row: Row, { market }: Beats, seen: Condition): Condition => {
  if (row.archivedAt) return { ...UNCHECKED, state: "closed", message: NOT_SHOWN, since: row.archivedAt };
  return market ? judgeRunning(row, market, seen) : UNCHECKED;
};

const toView = (row: Row, beats: Beats, seen: Condition): VenueView => {
  const { archivedAt: _closed, pairs, ...rest } = row;
  const { isSimulated } = VENUE_CATALOGUE[row.kind];
  return { ...rest, isSimulated, pairs: [...pairs], ...(isSimulated ? judgeDemo(row, beats, seen) : seen) };
};

const findRows = async ({ db }: Pick<Ports, "db">, userId: string): Promise<Row[]> => {
  const isOwn = { userId, archivedAt: null };
  const asker = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true, email: true } });
  const venues = await db.venue.findMany({
    where: { accounts: { some: isOwn } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    include: {
      clock: { select: { anchorWall: true, anchorMarket: true, speed: true, previousSpeed: true, highWater: true } },
      markets: { select: { pair: true }, distinct: ["pair"], orderBy: { pair: "asc" } },
      accounts: {
        where: isOwn,
        select: { _count: { select: { bots: { where: { status: { not: "archived" } } } } } },
      },
    },
  });
  return venues.map(({ id, kind, name, openedAt, archivedAt, clock, markets, accounts }) => ({
    id,
    kind,
    name,
    openedAt,
    archivedAt,
    clock,
    speedRefusal: clock && speedRefusalOf(asker),
    pairs: markets.map(({ pair }) => pair),
    bots: accounts.reduce((sum, account) => sum + account._count.bots, 0),
  }));
};

/** The venues on which a user has an account, those that are shown first, the newest first. `bots` are the user's. */
export const listVenues = async (ports: Pick<Ports, "db" | "wallNow">, userId: string): Promise<VenueView[]> => {
  const [rows, { beats }] = await Promise.all([findRows(ports, userId), readVitals(ports)]);
  const health = await listVenueHealth(
    ports,
    rows.map(({ id }) => id),
  );
  const seenOf = (row: Row): Condition => {
    const found = health.find(({ venueId }) => venueId === row.id);
    return judge(found, ports.wallNow());
  };
  const views = rows.map((row) => toView(row, beats, seenOf(row)));
  const isClosed = (view: VenueView): number => Number(view.state === "closed");
  return views.toSorted((one, other) => isClosed(one) - isClosed(other));
};

/** One of these venues. Throws AppError where the user has no account. */
export const getVenue = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { userId, venueId }: { readonly userId: string; readonly venueId: string },
): Promise<VenueView> => {
  const found = (await listVenues(ports, userId)).find(({ id }) => id === venueId);
  if (!found) throw new AppError("not-found", "You have no account on this venue.");
  return found;
};
