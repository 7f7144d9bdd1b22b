import { z } from "zod";
import { VENUE_KINDS } from "~/trading/venue-catalogue";

const VENUE_SPEED_MAX = 3600;

/**
 * A venue and how it is. A simulated one has a clock of its own, which `venueTimeAt` reads, never beyond `highWater`.
 * Times are instants; `latencyMs` is wall time.
 */
export const venueViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(VENUE_KINDS),
  name: z.string(),
  isSimulated: z.boolean(),
  /** Null: this venue keeps wall time. */
  clock: z
    .object({
      anchorWall: z.date(),
      anchorMarket: z.date(),
      speed: z.number().int(),
      previousSpeed: z.number().int().nullable(),
      highWater: z.date(),
    })
    .nullable(),
  /** Why this user may not set its clock's speed; null: may, or it keeps wall time. */
  speedRefusal: z.string().nullable(),
  /** What is stamped before it is history, lived before the demo opened; null: it has none. */
  openedAt: z.date().nullable(),
  /**
   * `paused` by its speed, `closed` when another market is shown, `suspect` after one failed
   * look, `unchecked` before the first look or when nobody looks any more.
   */
  state: z.enum(["ok", "paused", "suspect", "maintenance", "unreachable", "closed", "unchecked"]),
  /** The state in words, when there is something to say. */
  message: z.string().nullable(),
  since: z.date().nullable(),
  checkedAt: z.date().nullable(),
  latencyMs: z.number().nullable(),
  pairs: z.array(z.string()),
  bots: z.number().int(),
});
export type VenueView = z.infer<typeof venueViewSchema>;

export const setVenueSpeedSchema = z.strictObject({
  venueId: z.uuid(),
  speed: z.number().int().min(0).max(VENUE_SPEED_MAX),
});
