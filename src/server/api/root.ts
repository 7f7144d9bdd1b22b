import { accountRouter } from "./routers/account";
import { accountsRouter } from "./routers/accounts";
import { adminRouter } from "./routers/admin";
import { authRouter } from "./routers/auth";
import { botsRouter } from "./routers/bots";
import { chartsRouter } from "./routers/charts";
import { commandsRouter } from "./routers/commands";
import { cyclesRouter } from "./routers/cycles";
import { ledgerRouter } from "./routers/ledger";
import { liveRouter } from "./routers/live";
import { marketsRouter } from "./routers/markets";
import { modelsRouter } from "./routers/models";
import { overviewRouter } from "./routers/overview";
import { positionsRouter } from "./routers/positions";
import { proposalsRouter } from "./routers/proposals";
import { venuesRouter } from "./routers/venues";
import { createCallerFactory, createRouter } from "./procedure/trpc";

export const appRouter = createRouter({
  account: accountRouter,
  accounts: accountsRouter,
  admin: adminRouter,
  auth: authRouter,
  bots: botsRouter,
  charts: chartsRouter,
  commands: commandsRouter,
  cycles: cyclesRouter,
  ledger: ledgerRouter,
  live: liveRouter,
  markets: marketsRouter,
  models: modelsRouter,
  overview: overviewRouter,
  positions: positionsRouter,
  proposals: proposalsRouter,
  venues: venuesRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: for pages and tests. */
export const createCaller = createCallerFactory(appRouter);
