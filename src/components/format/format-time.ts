import { DAY_MS as DAY, HOUR_MS as HOUR, MINUTE_MS as MINUTE } from "~/trading/market/duration";

const SECOND = 1000;

const two = (value: number): string => String(value).padStart(2, "0");

/** "2022-05-09 12:30" in UTC, with seconds where asked for. */
export const formatUtc = (time: Date, withSeconds = false): string => {
  const text = time.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, withSeconds ? 19 : 16)}`;
};

/** An instant to the second with its zone, for titles. */
export const formatInstant = (time: Date): string => `${formatUtc(time, true)} UTC`;

/** An instant to the second, without its date when it is on the same UTC day as `now`. */
export const formatInstantNear = (time: Date, now: Date): string => {
  const text = formatInstant(time);
  return text.slice(0, 10) === formatUtc(now).slice(0, 10) ? text.slice(11) : text;
};

/** A length of time in its two largest units: "2 d 3 h", "12 s", "340 ms". */
export const formatDuration = (ms: number): string => {
  const length = Math.max(0, Math.round(ms));
  if (length < SECOND) return `${length} ms`;
  if (length < 10 * SECOND) return `${(length / SECOND).toFixed(1)} s`;
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min ${two(Math.floor((length % MINUTE) / SECOND))} s`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h ${two(Math.floor((length % HOUR) / MINUTE))} min`;
  return `${Math.floor(length / DAY)} d ${Math.floor((length % DAY) / HOUR)} h`;
};

/** How long ago in one unit, for labels that tick: "12 s", "4 min", "3 h", "2 d". */
export const formatAge = (ms: number): string => {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < 2 * DAY) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} d`;
};

/** An interval of settings: "5 min", "1 h", "4 h". */
export const formatInterval = (seconds: number): string => {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
};
