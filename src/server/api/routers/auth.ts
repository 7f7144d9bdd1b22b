import { signedInUserSchema } from "~/contracts/signed-in-user";
import { createRouter, userProcedure } from "../procedure/trpc";

export const authRouter = createRouter({
  me: userProcedure.output(signedInUserSchema).query(({ ctx: { session } }) => session),
});
