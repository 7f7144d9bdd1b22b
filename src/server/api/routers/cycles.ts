import { z } from "zod";
import { cycleViewSchema } from "~/contracts/cycle-view";
import { getCycle } from "../../views/cycles/get-cycle";
import { createRouter, userProcedure } from "../procedure/trpc";

export const cyclesRouter = createRouter({
  byId: userProcedure
    .input(z.strictObject({ cycleId: z.uuid() }))
    .output(cycleViewSchema)
    .query(({ ctx: { ports, session }, input }) => getCycle(ports, { userId: session.userId, ...input })),
});
