import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { callerOf } from "~/server/api/caller-of";

/** Who asks for the page, looked up once for all its parts. */
const findCaller = cache(async () => callerOf(await headers()));

/** Whether somebody is signed in who asks for a page that is for everybody. */
export const isSignedIn = async (): Promise<boolean> => (await findCaller()).isSignedIn;

/**
 * The API for pages made on the server, as whoever asks for the page. A visitor is sent to sign in here, before a part
 * of the page asks for data: parts are made side by side, and each refusal would be a failure in the log.
 */
export const getApi = async () => {
  const caller = await findCaller();
  if (!caller.isSignedIn) redirect("/sign-in");
  return caller;
};

/** The API for a page that is for everybody. */
export const getPublicApi = async () => (await findCaller()).call;
