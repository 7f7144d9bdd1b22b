import { z } from "zod";
import {
  editableBotSchema,
  editBotSchema,
  editedBotSchema,
  restoreVersionSchema,
  versionsInputSchema,
  versionsSchema,
} from "~/contracts/edit-bot";
import { newExitsSchema } from "~/contracts/new-exits";
import { editBot } from "../../bots/edit-bot";
import { restoreVersion } from "../../bots/restore-version";
import { getEditable } from "../../views/bots/get-editable";
import { listVersions } from "../../views/bots/list-versions";
import { listNewExits } from "../../views/steering/list-new-exits";
import { userProcedure } from "../procedure/trpc";

/** How a bot's settings are changed, and what they were before. */
export const editProcedures = {
  editable: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(editableBotSchema)
    .query(({ ctx: { ports, session }, input }) => getEditable(ports, { userId: session.userId, ...input })),
  edit: userProcedure
    .input(editBotSchema)
    .output(editedBotSchema)
    .mutation(({ ctx: { ports, session }, input }) =>
      editBot(ports, { userId: session.userId, restoredFrom: null, ...input }),
    ),
  newExits: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(newExitsSchema)
    .query(({ ctx: { ports, session }, input }) => listNewExits(ports, { userId: session.userId, ...input })),
  versions: userProcedure
    .input(versionsInputSchema)
    .output(versionsSchema)
    .query(({ ctx: { ports, session }, input }) => listVersions(ports, { userId: session.userId, ...input })),
  restore: userProcedure
    .input(restoreVersionSchema)
    .output(editedBotSchema)
    .mutation(({ ctx: { ports, session }, input }) => restoreVersion(ports, { userId: session.userId, ...input })),
};
