import { z } from "zod";
import { botSummarySchema } from "~/contracts/bot-summary";
import { getOwnedBot, listBots } from "../../bots/list-bots";
import { createRouter, userProcedure } from "../trpc";

const botIdSchema = z.strictObject({ botId: z.uuid() });

export const botsRouter = createRouter({
  list: userProcedure
    .output(z.array(botSummarySchema))
    .query(({ ctx: { ports, session } }) => listBots(ports, session.userId)),
  byId: userProcedure
    .input(botIdSchema)
    .output(botSummarySchema)
    .query(({ ctx: { ports, session }, input }) => getOwnedBot(ports, { userId: session.userId, ...input })),
});
