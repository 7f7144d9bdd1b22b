import type { BotSettings } from "~/trading/bot-settings";
import type { Transaction } from "../db/client";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { shownTimeAt, toClockRow } from "../venues/venue-time";
import { requireListed } from "./require-listed";
import { refuseInterval } from "./interval-min";
import { refuseAcceleration } from "./refuse-acceleration";

const refuseAt = (path: string, message: string | null): void => {
  if (message !== null) throw new AppError("invalid", message, [{ path, message }]);
};

/**
 * When a bot of these settings begins on a venue, ms of venue time: one that is open, lists its pairs, is not too fast
 * for its interval, nor for what its model costs. Throws AppError that says which of them it is not.
 */
export const enterVenue = async (
  { wallNow }: Pick<Ports, "wallNow">,
  tx: Transaction,
  { venueId, settings }: { readonly venueId: string; readonly settings: BotSettings },
): Promise<{ readonly venueId: string; readonly startsAt: number }> => {
  const venue = await tx.venue.findFirst({ where: { id: venueId, archivedAt: null }, include: { clock: true } });
  if (!venue) throw new AppError("not-found", "This market is not running: choose another one.");
  await requireListed(tx, venueId, settings);
  const clock = toClockRow(venue.clock);
  refuseAt("settings.intervalSeconds", refuseInterval(settings.intervalSeconds, clock));
  refuseAt("settings.decision.acceleratedConsent", refuseAcceleration(settings, clock));
  return { venueId, startsAt: shownTimeAt(venue.clock, wallNow()) };
};
