import { z } from "zod";
import { endedSchema } from "~/contracts/account";
import { systemSpendSchema } from "~/contracts/model-account";
import {
  blockUserSchema,
  createdInviteSchema,
  createInviteSchema,
  invitesSchema,
  peopleInputSchema,
  peopleSchema,
  personSchema,
  revokeInviteSchema,
} from "~/contracts/people";
import { blockUser } from "../../auth/block-user";
import { createInvite } from "../../auth/create-invite";
import { endUserSessions } from "../../auth/end-user-sessions";
import { revokeInvite } from "../../auth/revoke-invite";
import { getSystemSpend } from "../../views/people/get-system-spend";
import { listInvites } from "../../views/people/list-invites";
import { listPeople } from "../../views/people/list-people";
import { adminProcedure, createRouter } from "../procedure/trpc";

/** Who may come in, and who is here. */
export const adminRouter = createRouter({
  people: adminProcedure
    .input(peopleInputSchema.prefault({}))
    .output(peopleSchema)
    .query(({ ctx: { ports }, input }) => listPeople(ports, input)),
  modelSpend: adminProcedure.output(systemSpendSchema).query(({ ctx: { ports } }) => getSystemSpend(ports)),
  invites: adminProcedure.output(invitesSchema).query(({ ctx: { ports } }) => listInvites(ports)),
  createInvite: adminProcedure
    .input(createInviteSchema)
    .output(createdInviteSchema)
    .mutation(({ ctx: { ports, session }, input }) => createInvite(ports, { actorId: session.userId, ...input })),
  revokeInvite: adminProcedure
    .input(revokeInviteSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session }, input }) => revokeInvite(ports, { actorId: session.userId, ...input })),
  endSessions: adminProcedure
    .input(personSchema)
    .output(endedSchema)
    .mutation(async ({ ctx: { ports, session }, input }) => ({
      ended: await endUserSessions(ports, { asker: session, ...input }),
    })),
  blockUser: adminProcedure
    .input(blockUserSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session }, input }) => blockUser(ports, { actorId: session.userId, ...input })),
});
