import type { TRPCError } from "@trpc/server";
import { insideOf } from "./procedure/translate-error";
import { reportFailure } from "../report-failure";

/** A log line for an error that a procedure threw; a caller's fault was answered and needs none. */
export const reportError = ({
  error,
  path,
}: {
  readonly error: TRPCError;
  readonly path?: string | undefined;
}): void => {
  if (error.code === "INTERNAL_SERVER_ERROR") reportFailure(path, insideOf(error));
};
