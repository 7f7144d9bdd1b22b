import { z } from "zod";
import {
  askCommandSchema,
  commandViewSchema,
  lockViewSchema,
  stopEverythingSchema,
  stoppedEverythingSchema,
} from "~/contracts/command-view";
import { listInputSchema, pageOf } from "~/contracts/list-page";
import { askCommand } from "../../steering/ask-command";
import { stopEverything } from "../../steering/stop-everything";
import { listLocks } from "../../views/steering/list-locks";
import { getCommand, listCommands } from "../../views/steering/list-commands";
import { createRouter, userProcedure } from "../procedure/trpc";

export const commandsRouter = createRouter({
  list: userProcedure
    .input(listInputSchema)
    .output(pageOf(commandViewSchema))
    .query(({ ctx: { ports, session }, input: { botId, ...page } }) =>
      listCommands(ports, { userId: session.userId, botId }, page),
    ),
  locks: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(z.array(lockViewSchema))
    .query(({ ctx: { ports, session }, input }) => listLocks(ports, { userId: session.userId, ...input })),
  ask: userProcedure
    .input(askCommandSchema)
    .output(commandViewSchema)
    .mutation(async ({ ctx: { ports, session }, input }) => {
      const { userId } = session;
      const commandId = await askCommand(ports, { userId, ...input });
      return getCommand(ports, { userId, commandId });
    }),
  stopEverything: userProcedure
    .input(stopEverythingSchema)
    .output(stoppedEverythingSchema)
    .mutation(({ ctx: { ports, session }, input }) => stopEverything(ports, { userId: session.userId, ...input })),
});
