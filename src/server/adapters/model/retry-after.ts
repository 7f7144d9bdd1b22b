/** Rough enough for what the vendor does not say. */
const RETRY_AFTER_DEFAULT_MS = 1000;

const positive = (ms: number): number | null => (Number.isFinite(ms) && ms >= 0 ? ms : null);

/** How long (ms) an answer asks to wait: seconds, or a date as of `now` (ms of wall time); a second where it does not say. */
export const readRetryAfter = (headers: Headers | undefined, now: number): number => {
  const text = headers?.get("retry-after")?.trim() ?? "";
  if (text === "") return RETRY_AFTER_DEFAULT_MS;
  const seconds = positive(Number(text) * 1000);
  if (seconds !== null) return seconds;
  const until = Date.parse(text);
  return Number.isNaN(until) ? RETRY_AFTER_DEFAULT_MS : Math.max(0, until - now);
};
