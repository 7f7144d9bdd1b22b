import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "~/server/api/root";

/** Why a call did not succeed, for the person who made it: the server's own words, unless it could not be reached. */
export const describeFailure = (error: unknown): string =>
  error instanceof TRPCClientError && (error as TRPCClientError<AppRouter>).data !== undefined
    ? error.message
    : "0xBot could not be reached. Try again in a moment.";
