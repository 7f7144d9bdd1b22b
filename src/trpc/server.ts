import "server-only";
import { headers } from "next/headers";
import { callerOf } from "~/server/api/caller-of";

/** The API for pages made on the server, as whoever asks for the page. */
export const getApi = async () => callerOf(await headers());
