import type { AccessCase } from "./account-access";

const MODEL = "scripted/scripted-trader-1";

type World = { readonly botId: string; readonly cycleId: string };

/** Who may call what of models that bots ask: a record of one's own, or what one's own account holds. */
export const modelAccess = (world: () => World): Readonly<Record<string, AccessCase>> => ({
  "models.ofCycle": {
    call: (caller) => caller.models.ofCycle({ cycleId: world().cycleId }),
    stranger: "NOT_FOUND",
  },
  "models.ofBot": { call: (caller) => caller.models.ofBot({ botId: world().botId }), stranger: "NOT_FOUND" },
  "models.pastQuestions": {
    call: (caller) => caller.models.pastQuestions({ botId: world().botId, model: MODEL }),
    stranger: "NOT_FOUND",
  },
  // Its bot has asked nothing yet.
  "models.tryStrategy": {
    call: (caller) =>
      caller.models.tryStrategy({
        trialId: world().cycleId,
        botId: world().botId,
        callId: world().cycleId,
        decision: { model: MODEL },
      }),
    owner: "NOT_FOUND",
    stranger: "NOT_FOUND",
  },
  "models.account": { call: (caller) => caller.models.account(), stranger: "answered" },
  // Nobody but its own user can name a key: none is kept here, so there is nothing to seal one by.
  "models.addKey": {
    call: (caller) => caller.models.addKey({ provider: "anthropic", key: "not-a-real-key", baseUrl: null }),
    owner: "CONFLICT",
    stranger: "CONFLICT",
  },
  "models.removeKey": { call: (caller) => caller.models.removeKey({ provider: "anthropic" }), stranger: "answered" },
  // Without a key it is not asked, and says so.
  "models.test": {
    call: (caller) => caller.models.test({ provider: "anthropic", model: "claude-haiku-5-5" }),
    stranger: "answered",
  },
  "models.setBudget": { call: (caller) => caller.models.setBudget({ budgetPerDay: "2" }), stranger: "answered" },
});
