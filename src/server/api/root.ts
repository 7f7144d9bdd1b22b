import { authRouter } from "./routers/auth";
import { botsRouter } from "./routers/bots";
import { liveRouter } from "./routers/live";
import { createCallerFactory, createRouter } from "./trpc";

export const appRouter = createRouter({ auth: authRouter, bots: botsRouter, live: liveRouter });
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP: for pages and tests. */
export const createCaller = createCallerFactory(appRouter);
