import { z } from "zod";
import {
  doorSchema,
  registerSchema,
  requestResetSchema,
  resetPasswordSchema,
  verifyEmailSchema,
} from "~/contracts/account";
import { signedInUserSchema } from "~/contracts/signed-in-user";
import { register } from "../../auth/register";
import { requestReset } from "../../auth/request-reset";
import { resetPassword } from "../../auth/reset-password";
import { verifyEmail } from "../../auth/verify-email";
import { NOBODY } from "../../auth/visitor";
import { createRouter, publicProcedure, userProcedure } from "../procedure/trpc";

/** How people come in. Answers say nothing about accounts that are not the caller's. */
export const authRouter = createRouter({
  me: userProcedure.output(signedInUserSchema).query(({ ctx: { session } }) => session),
  door: publicProcedure.output(doorSchema).query(({ ctx: { ports } }) => {
    const { registration, hasMailServer } = ports.site;
    return { registration, hasMailServer };
  }),
  register: publicProcedure
    .input(registerSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, visitor = NOBODY }, input }) => register(ports, { ...input, visitor })),
  requestReset: publicProcedure
    .input(requestResetSchema)
    .output(z.void())
    .mutation(({ ctx: { ports, visitor = NOBODY }, input }) => requestReset(ports, { ...input, visitor })),
  resetPassword: publicProcedure
    .input(resetPasswordSchema)
    .output(z.void())
    .mutation(async ({ ctx: { ports, visitor = NOBODY, giveDevice }, input }) => {
      // Apart: where there is nobody to give it to, `?.` would not evaluate the call.
      const deviceToken = await resetPassword(ports, { ...input, visitor });
      giveDevice?.(deviceToken);
    }),
  verifyEmail: publicProcedure
    .input(verifyEmailSchema)
    .output(z.void())
    .mutation(({ ctx: { ports }, input }) => verifyEmail(ports, input)),
});
