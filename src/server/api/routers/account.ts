import { z } from "zod";
import {
  changePasswordSchema,
  confirmPasswordSchema,
  endedSchema,
  endSessionSchema,
  sessionsInputSchema,
  sessionsSchema,
} from "~/contracts/account";
import { changePassword } from "../../auth/change-password";
import { confirmPassword } from "../../auth/confirm-password";
import { endOtherSessions, endSession } from "../../auth/end-session";
import { requestVerification } from "../../auth/request-verification";
import { NOBODY } from "../../auth/visitor";
import { listSessions } from "../../views/account/list-sessions";
import { createRouter, stepUpProcedure, userProcedure } from "../procedure/trpc";

/** What users do with their own accounts. */
export const accountRouter = createRouter({
  sessions: userProcedure
    .input(sessionsInputSchema.prefault({}))
    .output(sessionsSchema)
    .query(({ ctx: { ports, session }, input }) => listSessions(ports, session, input)),
  changePassword: userProcedure
    .input(changePasswordSchema)
    .output(endedSchema)
    .mutation(async ({ ctx: { ports, session, visitor = NOBODY, giveDevice }, input }) => {
      const { ended, deviceToken } = await changePassword(ports, { session, visitor, ...input });
      giveDevice?.(deviceToken);
      return { ended };
    }),
  confirmPassword: userProcedure
    .input(confirmPasswordSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session, visitor = NOBODY }, input }) =>
      confirmPassword(ports, { session, visitor, ...input }),
    ),
  /** Answers once the password was given: before what a browser fetches by itself, as a file. */
  isConfirmed: stepUpProcedure.output(z.void()).query(() => undefined),
  endSession: stepUpProcedure
    .input(endSessionSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, session }, input }) => endSession(ports, { userId: session.userId, ...input })),
  endOtherSessions: stepUpProcedure
    .output(endedSchema)
    .mutation(async ({ ctx: { ports, session } }) => ({ ended: await endOtherSessions(ports, session) })),
  requestVerification: userProcedure
    .output(z.void())
    .mutation(({ ctx: { ports, session, visitor = NOBODY } }) => requestVerification(ports, session, visitor)),
});
