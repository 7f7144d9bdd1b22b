import { cron } from "inngest";
import { findWaitingBots, followCommand, settleTold, type Followed } from "~/server/steering/follow-command";
import { takeCommands } from "~/server/steering/take-commands";
import type { Ports } from "~/server/runtime";
import { toCycleEvent } from "../announce-cycles";
import type { InngestClient } from "../client";
import { commandAsked } from "../events";

const ROUNDS_MAX = 120;
const AGAIN_AFTER_MS = 500;
/** Beyond it the guard settles, each minute. */
const SETTLES_WITHIN_MS = 900_000;

/**
 * Follows a command until its bot does it: takes it when the cycle that has the bot ends, and settles what it ordered as
 * soon as its candle is known.
 */
export const createFollowCommand = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction({ id: "follow-command", triggers: [commandAsked], retries: 3 }, async ({ event, step }) => {
    const { botId } = event.data;
    let followed: Followed = { waiting: 0, settlesInMs: null, runs: [] };
    for (let round = 0; round < ROUNDS_MAX; round++) {
      followed = await step.run(`take-${round}`, () => followCommand(ports, botId));
      if (followed.waiting === 0) break;
      await step.sleep(`wait-${round}`, AGAIN_AFTER_MS);
    }
    const { waiting, settlesInMs, runs } = followed;
    if (runs.length > 0) await step.sendEvent("announce-runs", runs.map(toCycleEvent));
    if (settlesInMs === null || settlesInMs > SETTLES_WITHIN_MS) return { waiting, closed: 0 };
    await step.sleep("wait-for-candle", settlesInMs);
    const { closed } = await step.run("settle", () => settleTold(ports, botId));
    return { waiting, closed };
  });

/** Takes the commands whose hint was lost. */
export const createTakeLostCommands = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    { id: "take-lost-commands", triggers: [cron("* * * * *")], singleton: { mode: "skip" }, retries: 2 },
    async ({ step }) => {
      const botIds = await step.run("find", () => findWaitingBots(ports));
      for (const botId of botIds) await step.run(`take-${botId}`, () => takeCommands(ports, botId));
      return { found: botIds.length };
    },
  );
