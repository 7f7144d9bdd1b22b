import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError, type AppErrorCode, type FieldFault } from "../../errors";
import { failureWords, referenceOf } from "../../report-failure";

const TRANSPORT_CODES = {
  "unknown-pair": "BAD_REQUEST",
  invalid: "BAD_REQUEST",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "too-many": "TOO_MANY_REQUESTS",
  forbidden: "FORBIDDEN",
  unconfirmed: "FORBIDDEN",
  "venue-unreachable": "SERVICE_UNAVAILABLE",
} as const satisfies Record<AppErrorCode, TRPCError["code"]>;

const RETRY_SECONDS = 5;
/** What the pool and Prisma say where no connection came free in time. */
const NO_CONNECTION = /timeout exceeded when trying to connect|Unable to start a transaction in the given time/;

const refuseBusy = (cause: Error): TRPCError =>
  new TRPCError({
    code: "SERVICE_UNAVAILABLE",
    message: `0xBot is busy: no connection to its database came free. Try again in ${RETRY_SECONDS} seconds.`,
    cause: Object.assign(new Error("busy", { cause }), { retryAfterSeconds: RETRY_SECONDS }),
  });

/**
 * A caller's fault gets its transport code and keeps its text; a database whose connections are all in use is told as
 * that, with when to come back. Anything else passes as it is.
 */
export const translateError = (error: TRPCError): TRPCError => {
  const { cause } = error;
  if (cause !== undefined && NO_CONNECTION.test(cause.message)) return refuseBusy(cause);
  if (!(cause instanceof AppError)) return error;
  return new TRPCError({ code: TRANSPORT_CODES[cause.code], message: cause.message, cause });
};

/** What really failed: its log line is about this. */
export const insideOf = (error: TRPCError): Error => error.cause ?? error;

/** The text that may be sent: internal errors stay internal. */
export const publicMessage = (error: TRPCError): string => {
  if (error.code === "INTERNAL_SERVER_ERROR") return failureWords(referenceOf(insideOf(error)));
  if (error.cause instanceof ZodError) {
    const problems = error.cause.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
    return `The request is not valid. ${problems.join("; ")}`;
  }
  // A parser's own message describes our code, not what to do.
  if (error.code === "BAD_REQUEST" && error.cause && !(error.cause instanceof AppError)) {
    return "The request cannot be read. Send its input as JSON.";
  }
  return error.message;
};

/** Whether the same call is answered once its user has confirmed who it is. */
export const needsConfirmation = ({ cause }: TRPCError): boolean =>
  cause instanceof AppError && cause.code === "unconfirmed";

/** The fields of the input that an error is about, so that a form can say it beside them. */
export const faultyFields = ({ cause }: TRPCError): readonly FieldFault[] => {
  if (cause instanceof AppError) return cause.fields;
  if (!(cause instanceof ZodError)) return [];
  return cause.issues.map(({ path, message }) => ({ path: path.join("."), message }));
};
