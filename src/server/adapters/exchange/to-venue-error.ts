import { VenueError, type VenueErrorKind } from "~/trading/venue-error";

import type { Ccxt } from "./load-ccxt";

const MESSAGE_LENGTH_MAX = 300;
/** OKX's order rate limit, which ccxt does not distinguish from other refusals. */
const ORDER_RATE_LIMIT = '"50061"';
/** Network error codes of Node and undici that ccxt passes on, as when a body is cut off. */
const NETWORK_CODE = /^(?:E[A-Z]{3,}|UND_ERR_\w+)$/;
/** zlib's codes for a compressed body that is cut off or invalid. */
const BODY_CODE = /^Z_\w+$/;

/** A failure of ccxt or the network as a VenueError; null when the fault is ours. */
export const toVenueError = (ccxt: Ccxt, error: unknown): VenueError | null => {
  if (error instanceof VenueError) return error;
  if (!(error instanceof Error)) return null;
  const kind = kindOfClass(ccxt, error) ?? kindOfCode(error);
  return kind === null ? null : new VenueError(kind, error.message.slice(0, MESSAGE_LENGTH_MAX), error);
};

const kindOfClass = (ccxt: Ccxt, error: Error): VenueErrorKind | null => {
  if (error instanceof ccxt.OnMaintenance) return "maintenance";
  if (error instanceof ccxt.RateLimitExceeded || error instanceof ccxt.DDoSProtection) return "rate-limited";
  if (error instanceof ccxt.BadResponse) return "bad-response";
  if (error instanceof ccxt.OperationFailed) return "unreachable";
  if (!(error instanceof ccxt.BaseError)) return null;
  return error.message.includes(ORDER_RATE_LIMIT) ? "rate-limited" : "refused";
};

const kindOfCode = (error: Error): VenueErrorKind | null => {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (BODY_CODE.test(code)) return "bad-response";
  return NETWORK_CODE.test(code) && !code.startsWith("ERR_") ? "unreachable" : null;
};
