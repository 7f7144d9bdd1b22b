import { findGuardedBots } from "../cycle/find-guarded-bots";
import { guardBots } from "../cycle/guard-page";
import type { Ports } from "../ports";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Guards one bot as a page of the guard does, and no other. Returns how many of its positions closed. */
export const guardOnly = async (ports: Ports, botId: string): Promise<number> => {
  const bots = await findGuardedBots(ports, FIRST_ID);
  const { closed, failed } = await guardBots(
    ports,
    bots.filter((bot) => bot.botId === botId),
  );
  if (failed.length > 0) throw failed[0];
  return closed;
};
