const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const DURATION = /^(?:\d+[wdhms])*$/;

const readDate = (text: string): number => {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`Neither a duration nor a date: "${text.slice(0, 40)}"`);
  return instant;
};

/** When a sleep ends, in scheduler milliseconds. The SDK sends "1w2d3h4m5s", "" for nothing, or an ISO date. */
export const sleepEndsAt = (text: string, now: number): number => {
  if (!DURATION.test(text)) return readDate(text);
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhms])/g)) total += Number(count) * (UNITS_MS[unit ?? ""] ?? 0);
  return now + total;
};

/** When a `retry-after` header asks to be called again: seconds or a date; never before `now`. */
export const retryAfterAt = (header: string, now: number): number =>
  Math.max(now, /^\d+(\.\d+)?$/.test(header) ? now + Number(header) * 1000 : readDate(header));
