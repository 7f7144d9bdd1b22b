import { TRPCError } from "@trpc/server";
import type { CallCounter, CallKind } from "../../ports/call-counter";

type Refused = { readonly userId: string; readonly kind: CallKind };

/** Counts a call of a user; throws TOO_MANY_REQUESTS, saying when to come back, beyond the limit. */
export const limitCalls = async (calls: CallCounter, { userId, kind }: Refused): Promise<void> => {
  const seconds = await calls.count(userId, kind);
  if (seconds === 0) return;
  throw new TRPCError({
    code: "TOO_MANY_REQUESTS",
    message: `Too many requests. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    cause: Object.assign(new Error("too many calls"), { retryAfterSeconds: seconds }),
  });
};

const secondsOf = ({ cause }: TRPCError): number =>
  cause && "retryAfterSeconds" in cause ? Number(cause.retryAfterSeconds) : 0;

/** The header of an answer that refused a call of its batch: when to come back. */
export const retryAfter = ({ errors }: { readonly errors: readonly TRPCError[] }) => {
  const seconds = Math.max(0, ...errors.map(secondsOf));
  return seconds === 0 ? {} : { headers: { "retry-after": String(seconds) } };
};
