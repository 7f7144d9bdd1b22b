import { DAY_MS } from "../market/duration";
import type { CommandOf } from "./command";
import { refuse, type Refused } from "./refused";

const LOCK_DAYS_MAX = 365;

type Locking = {
  /** Venue time, ms. */
  readonly now: number;
  /** The pairs of the bot's settings. */
  readonly pairs: readonly string[];
  readonly isArchived: boolean;
};

/** Until when (venue time, ms) a pair is locked, or why it is not. */
export const decideLock = (
  { pair, until }: Pick<CommandOf<"lock-pair">, "pair" | "until">,
  { now, pairs, isArchived }: Locking,
): { readonly until: number } | Refused => {
  const end = Date.parse(until);
  if (isArchived) return refuse("it is archived");
  if (pair !== null && !pairs.includes(pair)) return refuse(`it does not trade ${pair}`);
  if (end <= now) return refuse("that time has passed on its market's clock");
  if (end > now + LOCK_DAYS_MAX * DAY_MS) return refuse(`a lock lasts ${LOCK_DAYS_MAX} days at most`);
  return { until: end };
};
