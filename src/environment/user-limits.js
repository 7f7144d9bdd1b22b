import { z } from "zod";

/**
 * @param {string} what
 * @param {number} most
 */
const atMost = (what, most) =>
  z.coerce
    .number({ error: `must be a number of ${what}` })
    .int()
    .min(1)
    .default(most);

/** How much one user may have, and how much may be asked of the machine. */
export const userLimits = {
  BOTS_PER_USER_MAX: atMost("bots", 50),
  ACCOUNTS_PER_USER_MAX: atMost("accounts", 20),
  /** Files that are written at one time, per process of the app. */
  EXPORTS_AT_ONCE_MAX: atMost("exports", 2),
  EXPORTS_PER_HOUR_MAX: atMost("exports", 30),
};
