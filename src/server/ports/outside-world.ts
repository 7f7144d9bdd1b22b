import { NOTHING_OUTSIDE, type Outside } from "~/trading/decision/asking/outside-facts";

/** Whose bot wants to know, about which pairs, at which instant of venue time (ms). */
type OutsideQuestion = {
  readonly userId: string;
  readonly botId: string;
  readonly venueId: string;
  readonly pairs: readonly string[];
  readonly time: number;
};

/** What others say: news, sentiment, and lessons of earlier trades. */
export type OutsideWorld = {
  /** As it was known then. Does not throw: what cannot be read is not known. */
  read(asked: OutsideQuestion): Promise<Outside>;
};

/** Nobody reads any of it, and each prompt says so. */
export const NOBODY_OUTSIDE: OutsideWorld = { read: () => Promise.resolve(NOTHING_OUTSIDE) };
