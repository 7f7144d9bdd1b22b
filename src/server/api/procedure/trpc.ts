import { initTRPC, TRPCError } from "@trpc/server";
import { requireConfirmation } from "../../auth/confirmation";
import type { ApiContext } from "./create-context";
import { limitCalls } from "./limit-calls";
import { isStorable, transformer, UNSTORABLE } from "./decode-input";
import { faultyFields, needsConfirmation, publicMessage, translateError } from "./translate-error";

/** A stream ends before a host would cut it, and resumes after its last id. */
const STREAM_MS_MAX = 270_000;

const t = initTRPC.context<ApiContext>().create({
  transformer,
  // Stacks and paths stay inside, in development too.
  isDev: false,
  sse: {
    // A pulse comes each second; a stream that is silent for longer than this is broken.
    ping: { enabled: true, intervalMs: 2000 },
    maxDurationMs: STREAM_MS_MAX,
    client: { reconnectAfterInactivityMs: 4500 },
  },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: publicMessage(error),
    data: { ...shape.data, fields: faultyFields(error), needsConfirmation: needsConfirmation(error) },
  }),
});

export const createRouter = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For everybody, signed in or not. */
export const publicProcedure = t.procedure.use(async ({ next, getRawInput }) => {
  if (!isStorable(await getRawInput())) throw new TRPCError({ code: "BAD_REQUEST", message: UNSTORABLE });
  const result = await next();
  if (!result.ok) throw translateError(result.error);
  return result;
});

/** For signed-in users; `ctx.session` is there. */
export const userProcedure = publicProcedure.use(async ({ ctx, type: kind, next }) => {
  if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  await limitCalls(ctx.ports.calls, { userId: ctx.session.userId, kind });
  return next({ ctx: { ...ctx, session: ctx.session } });
});

/** For signed-in users who gave their password within the last minutes: for what a stolen session must not do. */
export const stepUpProcedure = userProcedure.use(({ ctx, next }) => {
  requireConfirmation(ctx.session, ctx.ports.wallNow());
  return next();
});

/**
 * For administrators, by the role that the database has now; what changes something asks for the password too. Whoever
 * is none learns only that.
 */
export const adminProcedure = userProcedure.use(({ ctx, type, next }) => {
  if (ctx.session.role !== "admin") {
    throw new TRPCError({ code: "FORBIDDEN", message: "Only an administrator may do this." });
  }
  if (type === "mutation") requireConfirmation(ctx.session, ctx.ports.wallNow());
  return next();
});

/** All kinds that there are: every procedure of the API is made from one of these. */
export const PROCEDURES = {
  public: publicProcedure,
  user: userProcedure,
  "step-up": stepUpProcedure,
  admin: adminProcedure,
} as const;
