import { z } from "zod";
import {
  addModelKeySchema,
  modelAccountSchema,
  modelBudgetSchema,
  removeModelKeySchema,
  testedModelSchema,
  testModelSchema,
} from "~/contracts/model-account";
import {
  pastQuestionsInput,
  pastQuestionsSchema,
  triedStrategySchema,
  tryStrategyInput,
} from "~/contracts/strategy-trial";
import { botModelSpendSchema } from "~/contracts/model-spend";
import { cycleModelSchema } from "~/contracts/model-view";
import { addModelKey } from "../../models/add-model-key";
import { removeModelKey } from "../../models/remove-model-key";
import { setModelBudget } from "../../models/set-model-budget";
import { tryModel } from "../../models/try-model";
import { getBotSpend } from "../../views/models/get-bot-spend";
import { getCycleModel } from "../../views/models/get-cycle-model";
import { getModelAccount } from "../../views/models/get-model-account";
import { listPastQuestions, showTried } from "../../views/models/past-questions";
import { tryStrategy } from "../../trials/try-strategy";
import { createRouter, stepUpProcedure, userProcedure } from "../procedure/trpc";

/** What bots ask of language models, what that costs, and by whose keys. A key that came in never goes out. */
export const modelsRouter = createRouter({
  ofBot: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(botModelSpendSchema)
    .query(({ ctx: { ports, session }, input }) => getBotSpend(ports, { userId: session.userId, ...input })),
  ofCycle: userProcedure
    .input(z.strictObject({ cycleId: z.uuid() }))
    .output(cycleModelSchema)
    .query(({ ctx: { ports, session }, input }) => getCycleModel(ports, { userId: session.userId, ...input })),
  pastQuestions: userProcedure
    .input(pastQuestionsInput)
    .output(pastQuestionsSchema)
    .query(({ ctx: { ports, session }, input }) => listPastQuestions(ports, { userId: session.userId, ...input })),
  tryStrategy: userProcedure
    .input(tryStrategyInput)
    .output(triedStrategySchema)
    .mutation(async ({ ctx: { ports, session }, input }) => {
      const asked = await tryStrategy(ports, { userId: session.userId, ...input });
      return showTried(ports, { userId: session.userId, ...asked });
    }),
  account: userProcedure
    .output(modelAccountSchema)
    .query(({ ctx: { ports, session } }) => getModelAccount(ports, session.userId)),
  addKey: stepUpProcedure
    .input(addModelKeySchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session }, input }) => addModelKey(ports, { userId: session.userId, ...input })),
  removeKey: stepUpProcedure
    .input(removeModelKeySchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session }, input }) => removeModelKey(ports, { userId: session.userId, ...input })),
  test: stepUpProcedure
    .input(testModelSchema)
    .output(testedModelSchema)
    .mutation(({ ctx: { ports, session }, input }) => tryModel(ports, { userId: session.userId, ...input })),
  setBudget: stepUpProcedure
    .input(modelBudgetSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session }, input }) => setModelBudget(ports, { userId: session.userId, ...input })),
});
