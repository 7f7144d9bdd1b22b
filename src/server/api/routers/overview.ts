import { overviewSchema } from "~/contracts/overview-view";
import { getOverview } from "../../views/overview/get-overview";
import { createRouter, userProcedure } from "../procedure/trpc";

export const overviewRouter = createRouter({
  get: userProcedure.output(overviewSchema).query(({ ctx: { ports, session } }) => getOverview(ports, session.userId)),
});
