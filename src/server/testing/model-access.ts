import type { AccessCase } from "./account-access";

type World = { readonly botId: string; readonly cycleId: string };

/** Who may call what of models that bots ask. */
export const modelAccess = (world: () => World): Readonly<Record<string, AccessCase>> => ({
  "models.ofCycle": {
    call: (caller) => caller.models.ofCycle({ cycleId: world().cycleId }),
    stranger: "NOT_FOUND",
  },
  "models.ofBot": { call: (caller) => caller.models.ofBot({ botId: world().botId }), stranger: "NOT_FOUND" },
});
