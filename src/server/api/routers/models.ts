import { z } from "zod";
import { cycleModelSchema } from "~/contracts/model-view";
import { botModelSpendSchema } from "~/contracts/model-spend";
import { getBotSpend } from "../../views/models/get-bot-spend";
import { getCycleModel } from "../../views/models/get-cycle-model";
import { createRouter, userProcedure } from "../procedure/trpc";

/** What bots ask of language models, and what that costs. */
export const modelsRouter = createRouter({
  ofBot: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(botModelSpendSchema)
    .query(({ ctx: { ports, session }, input }) => getBotSpend(ports, { userId: session.userId, ...input })),
  ofCycle: userProcedure
    .input(z.strictObject({ cycleId: z.uuid() }))
    .output(cycleModelSchema)
    .query(({ ctx: { ports, session }, input }) => getCycleModel(ports, { userId: session.userId, ...input })),
});
