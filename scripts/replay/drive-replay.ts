import { checkBotInvariants } from "../../src/server/books/check-bot-invariants";
import type { Runtime } from "../../src/server/runtime";
import { driveClock, type ClockDrive } from "./drive-clock";
import type { ReplayBot } from "./set-up-replay";

export type Drive = Omit<ClockDrive, "onInstant"> & {
  readonly runtime: Runtime;
  readonly bot: ReplayBot;
  readonly intervalMs: number;
  /** Called with the market time (ms) after each step; true asks to stop. */
  readonly onProgress: (marketTime: number) => boolean;
};

/** Checks slots that are done but unchecked: at most the last one finished before a replay was killed. */
const checkUnchecked = async ({ runtime, bot }: Drive): Promise<void> => {
  const rows = await runtime.db.$queryRaw<{ slot: Date }[]>`
    SELECT c.slot FROM cycles c WHERE c.bot_id = ${bot.botId}::uuid AND c.status = 'done'
      AND NOT EXISTS (SELECT 1 FROM invariant_checks i WHERE i.bot_id = c.bot_id AND i.at = c.slot) ORDER BY c.slot`;
  for (const { slot } of rows) await checkBotInvariants(runtime, { ...bot, at: slot.getTime() });
};

/** Drives one bot through its recording and checks the invariants at each slot; false when it was asked to stop. */
export const driveReplay = async (drive: Drive): Promise<boolean> => {
  const { runtime, bot, intervalMs, to } = drive;
  // No guard runs after the last slot, so that books and equity are of the same instant.
  const lastSlot = Math.ceil(to / intervalMs - 1) * intervalMs;
  await checkUnchecked(drive);
  const onInstant = async (now: number): Promise<boolean> => {
    if (now % intervalMs === 0) await checkBotInvariants(runtime, { ...bot, at: now });
    return drive.onProgress(now);
  };
  return driveClock({ ...drive, to: lastSlot + 1, onInstant });
};
