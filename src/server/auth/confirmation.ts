import { MINUTE_MS } from "~/trading/market/duration";
import { AppError } from "../errors";
import type { SignedIn } from "./find-session";

/** How long the password counts after it was given: for what a stolen session must not do. */
const CONFIRMED_MS = 5 * MINUTE_MS;

type Confirmable = Pick<SignedIn, "confirmedAt">;

const isConfirmed = ({ confirmedAt }: Confirmable, now: number): boolean =>
  // One of a clock that was set back since counts no longer than any.
  confirmedAt !== null && Math.abs(now - confirmedAt.getTime()) < CONFIRMED_MS;

/** Throws AppError unless the session's user gave the password within the last minutes. `now`: wall time in ms. */
export const requireConfirmation = (session: Confirmable, now: number): void => {
  if (isConfirmed(session, now)) return;
  throw new AppError("unconfirmed", "Confirm your password, then do this again.");
};
