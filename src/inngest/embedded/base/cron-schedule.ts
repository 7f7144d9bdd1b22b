import { CronExpressionParser } from "cron-parser";

/** Five fields, UTC: minute, hour, day of month, month, day of week. Throws when the text is anything else. */
const checkCron = (cron: string): void => {
  if (cron.trim().split(/\s+/).length !== 5 || cron.includes("=")) {
    throw new Error(
      `"${cron}" is not five fields: minute hour day month weekday. Seconds and time zones are not supported.`,
    );
  }
};

const parse = (cron: string, fromMs: number) =>
  CronExpressionParser.parse(cron, { currentDate: new Date(fromMs), tz: "UTC" });

/** The first slot after `afterMs`, in milliseconds. Throws on an expression that is not five valid fields. */
export const nextCronSlot = (cron: string, afterMs: number): number => {
  checkCron(cron);
  return parse(cron, afterMs).next().getTime();
};

/** The latest slot at or before `atMs`. */
const latestCronSlot = (cron: string, atMs: number): number =>
  parse(cron, atMs + 1)
    .prev()
    .getTime();

export type CronEntry = { readonly fn: string; readonly cron: string };
export type CronSlot = CronEntry & { readonly slotMs: number };

export type CronSchedule = {
  /**
   * Fires what came due, only the latest slot of each entry. `fire` answers whether it did: one that it could not fire
   * is still due, and keeps no other from being fired.
   */
  fireDue(now: number, fire: (slot: CronSlot) => Promise<boolean>): Promise<void>;
  /** The next slot of all entries, or undefined without entries. */
  nextAt(): number | undefined;
};

/**
 * Slots after `startMs`. As on Inngest's server, slots missed while no runner was running are NOT made up. A process
 * that was only suspended fires the latest slot once.
 */
export const createCronSchedule = (entries: readonly CronEntry[], startMs: number): CronSchedule => {
  const pending = entries.map((entry) => ({ entry, nextMs: nextCronSlot(entry.cron, startMs) }));
  return {
    fireDue: async (now, fire) => {
      for (const item of pending.filter(({ nextMs }) => nextMs <= now)) {
        const isFired = await fire({ ...item.entry, slotMs: latestCronSlot(item.entry.cron, now) });
        if (isFired) item.nextMs = nextCronSlot(item.entry.cron, now);
      }
    },
    nextAt: () => (pending.length === 0 ? undefined : Math.min(...pending.map((item) => item.nextMs))),
  };
};
