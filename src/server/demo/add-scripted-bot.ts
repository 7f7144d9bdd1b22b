import type { Ports } from "../ports";
import { DEMO_EMAIL } from "../venues/speed-rights";
import { SCRIPTED_BOT } from "./demo-bots";
import { ensureDemoBots } from "./ensure-demo-bots";
import { findDemoMarket } from "./find-demo-market";

/** Those that a demo was opened with before. */
const OTHERS = ["Trinity 1h", "Trinity 5m", "Buy and hold"];

/** Whether the demo's other bots are at work here, and whether a bot of its user ever asked a model here. */
const findBots = async ({ db }: Pick<Ports, "db">, userId: string, venueId: string) => {
  const mine = { userId, account: { venueId } };
  const asks = { path: ["mode"], equals: "llm" };
  const [others, asking] = await Promise.all([
    db.bot.count({ where: { ...mine, name: { in: OTHERS }, status: { in: ["running", "paused"] } } }),
    db.bot.count({ where: { ...mine, OR: [{ name: SCRIPTED_BOT }, { settings: { some: { settings: asks } } }] } }),
  ]);
  return { hasOthers: others > 0, hasAsked: asking > 0 };
};

/**
 * Adds the bot that asks the scripted model to a demo that was opened before there was one, from the market's present time
 * on: where its user still has others of the demo's bots at work, and never had one that asks a model. Returns whether it
 * was added. The books of the others stay as they are.
 */
export const addScriptedBot = async (ports: Pick<Ports, "db" | "newId" | "wallNow">): Promise<boolean> => {
  const user = await ports.db.user.findFirst({ where: { email: DEMO_EMAIL, archivedAt: null }, select: { id: true } });
  if (user === null) return false;
  const { venueId, time } = await findDemoMarket(ports);
  const { hasOthers, hasAsked } = await findBots(ports, user.id, venueId);
  if (!hasOthers || hasAsked) return false;
  const only = [SCRIPTED_BOT];
  await ensureDemoBots(ports, { userId: user.id, venueId, startsAt: () => time, only });
  return true;
};
