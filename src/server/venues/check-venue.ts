import type { MarketRef } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";
import type { VenueState } from "~/trading/venue-health";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";

export type WatchedVenue = VenueRef & {
  readonly name: string;
  /** A simulated market whose clock was set to stand still. */
  readonly isPaused: boolean;
  /** One of its markets, to ask for a price: a venue may know the time and be closed. */
  readonly market: MarketRef | null;
};

/** How a venue was found. `message` holds no address and no secret; `latencyMs` is wall time, null without an answer. */
export type VenueLook = {
  readonly state: VenueState;
  readonly message: string | null;
  readonly latencyMs: number | null;
};

/** A slower venue counts as not answering; the client's own timeout ends the request later. */
const TIMEOUT_MS = 4000;

const withTimeout = async <Value>(answer: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new VenueError("unreachable", "no answer in time")), TIMEOUT_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
};

const describeError = ({ name }: WatchedVenue, { kind }: VenueError): VenueLook => {
  const unreachable = (message: string): VenueLook => ({ state: "unreachable", message, latencyMs: null });
  switch (kind) {
    case "maintenance":
      return { state: "maintenance", message: `${name} is closed for maintenance.`, latencyMs: null };
    case "rate-limited":
      return { state: "ok", message: `${name} asks for fewer requests.`, latencyMs: null };
    case "bad-response":
      return unreachable(`The answer from ${name} makes no sense: a proxy or firewall may be in between.`);
    case "refused":
      return unreachable(`${name} answers but refuses requests: it may not serve this region.`);
    case "unreachable":
      return unreachable(`${name} does not answer.`);
  }
};

const ask = async (ports: Pick<Ports, "marketDataOf">, venue: WatchedVenue): Promise<VenueLook> => {
  const startedAt = performance.now();
  const market = await ports.marketDataOf(venue);
  await withTimeout(market.fetchTime());
  const latencyMs = Math.round(performance.now() - startedAt);
  try {
    if (venue.market !== null) await withTimeout(market.fetchTicker(venue.market));
  } catch (error) {
    // A single delisted market says nothing about the venue.
    if (!(error instanceof VenueError) || error.kind !== "refused") throw error;
  }
  return { state: "ok", message: venue.isPaused ? `The clock of ${venue.name} is paused.` : null, latencyMs };
};

/**
 * Asks a venue for its time and one price, with a short timeout, and once more before the check fails: one lost packet
 * is no suspicion. Throws only for a fault of ours.
 */
export const checkVenue = async (ports: Pick<Ports, "marketDataOf">, venue: WatchedVenue): Promise<VenueLook> => {
  for (let isSecond = false; ; isSecond = true) {
    try {
      return await ask(ports, venue);
    } catch (error) {
      if (!(error instanceof VenueError)) throw error;
      const look = describeError(venue, error);
      if (look.state !== "unreachable" || isSecond) return look;
    }
  }
};
