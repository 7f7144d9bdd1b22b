export type VenueState = "ok" | "unreachable" | "maintenance";

/** A venue's known health; times in ms of wall time. `suspectedAt`: the last look failed, the one before did not. */
export type VenueHealth = {
  readonly state: VenueState;
  readonly message: string | null;
  readonly since: number;
  readonly checkedAt: number;
  readonly suspectedAt: number | null;
};

/** One look at a venue, at `checkedAt`. */
export type DatedLook = Pick<VenueHealth, "state" | "message" | "checkedAt">;
/** `isChange`: the health changed, so its users are alerted. */
export type JudgedLook = VenueHealth & { readonly isChange: boolean };

/** There is a look each minute; an older one says nothing about the venue's present health. */
export const HEALTH_FRESH_MS = 180_000;
/** Two looks closer together than this count as one: both may have failed for the same short reason. */
const APART_MS = 10_000;

const isFreshAt = ({ checkedAt }: VenueHealth, now: number): boolean => checkedAt > now - HEALTH_FRESH_MS;

/** Whether a venue is known not to answer: two looks in a row failed, and the last is recent. */
export const isOutage = (health: VenueHealth, now: number): boolean =>
  health.state === "unreachable" && health.suspectedAt === null && isFreshAt(health, now);

const judgeAnswer = (before: VenueHealth | null, look: DatedLook): JudgedLook => {
  const isChange = look.state !== (before?.state ?? "ok");
  const since = isChange || !before ? look.checkedAt : before.since;
  return { ...look, since, suspectedAt: null, isChange };
};

const suspect = (before: VenueHealth | null, look: DatedLook, suspectedAt: number): JudgedLook => {
  const message = `${look.message ?? "It does not answer."} If the next look fails too, it counts as an outage.`;
  return {
    state: before?.state ?? "ok",
    message,
    since: before?.since ?? look.checkedAt,
    checkedAt: look.checkedAt,
    suspectedAt,
    isChange: false,
  };
};

const judgeSilence = (before: VenueHealth | null, look: DatedLook): JudgedLook => {
  if (!before || !isFreshAt(before, look.checkedAt)) return suspect(before, look, look.checkedAt);
  if (before.suspectedAt === null) {
    const isSame = before.state === "unreachable";
    return isSame
      ? { ...look, since: before.since, suspectedAt: null, isChange: false }
      : suspect(before, look, look.checkedAt);
  }
  if (look.checkedAt < before.suspectedAt + APART_MS) return suspect(before, look, before.suspectedAt);
  const isChange = before.state !== "unreachable";
  return { ...look, since: isChange ? before.suspectedAt : before.since, suspectedAt: null, isChange };
};

/**
 * The health after one more look. One failed look is a suspicion; a second in a row makes it an outage that began at
 * the first. One answer ends both. `before` null: there was no look yet.
 */
export const judgeLook = (before: VenueHealth | null, look: DatedLook): JudgedLook =>
  look.state === "unreachable" ? judgeSilence(before, look) : judgeAnswer(before, look);
