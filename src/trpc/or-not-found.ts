import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** Reads for a page; what is not there, or not this user's, is the page "not found". */
export const orNotFound = async <Value>(reading: Promise<Value>): Promise<Value> => {
  try {
    return await reading;
  } catch (error) {
    // A malformed id names nothing either.
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
};
