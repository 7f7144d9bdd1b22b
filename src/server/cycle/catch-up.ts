/** So many slots of a bot are caught up; after a longer stop they are missed, all of them in one row. */
export const CATCH_UP_MAX = 24;

/** So long the guard leaves late slots to the look that catches up, hours of venue time: a bot may be one that no look can take. */
export const GUARD_WAITS_HOURS = 12;
