import type { Database } from "../db/client";
import type { AccessCase } from "./account-access";

const COMMAND_ID = "00000000-0000-7000-8000-00000000c001";

/** Who may tell bots what. `of`: the owner's bot, which runs again afterwards. */
export const commandAccess = (
  of: () => { readonly botId: string; readonly db: Database },
): Readonly<Record<string, AccessCase>> => ({
  "commands.list": { call: (caller) => caller.commands.list({ botId: of().botId }), stranger: "NOT_FOUND" },
  "commands.locks": { call: (caller) => caller.commands.locks({ botId: of().botId }), stranger: "NOT_FOUND" },
  "commands.ask": {
    call: (caller) => caller.commands.ask({ commandId: COMMAND_ID, botId: of().botId, command: { kind: "resume" } }),
    stranger: "NOT_FOUND",
  },
  "commands.stopEverything": {
    call: async (caller) => {
      await caller.commands.stopEverything({ commandId: COMMAND_ID });
      await of().db.bot.updateMany({ data: { status: "running", stoppedReason: null } });
    },
    stranger: "answered",
  },
});
