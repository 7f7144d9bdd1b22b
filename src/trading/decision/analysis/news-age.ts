import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../market/duration";

const UNIT_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** Age in minutes at `now`, both ms UTC; null where the time of publication is unknown or later than `now`. */
export const newsAgeMinutes = (publishedAt: number | null, now: number): number | null =>
  publishedAt === null || !(publishedAt <= now) ? null : (now - publishedAt) / MINUTE_MS;

/** Minutes of an age as sources write it, "5m ago", "3 h ago" or "2d ago"; null for any other text. */
export const parseNewsAge = (text: string): number | null => {
  const [, count, unit] = /^\s*(\d{1,6})\s*([mhd])\s+ago\s*$/i.exec(text) ?? [];
  const length = UNIT_MS[unit?.toLowerCase() ?? ""];
  return count === undefined || length === undefined ? null : (Number(count) * length) / MINUTE_MS;
};
