import { z } from "zod";
import { positionViewSchema } from "~/contracts/position-view";
import { getPosition } from "../../views/cycles/get-position";
import { createRouter, userProcedure } from "../procedure/trpc";

export const positionsRouter = createRouter({
  byId: userProcedure
    .input(z.strictObject({ positionId: z.uuid() }))
    .output(positionViewSchema)
    .query(({ ctx: { ports, session }, input }) => getPosition(ports, { userId: session.userId, ...input })),
});
