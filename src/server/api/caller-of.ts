import { getServer } from "../runtime";
import { createContext } from "./procedure/create-context";
import { reportError } from "./report-error";
import { createCaller } from "./root";

/** The procedures as the sender of these headers may call them; `isSignedIn` decides what page to show. */
export const callerOf = async (headers: Headers) => {
  const context = await createContext(getServer(), headers);
  return { isSignedIn: context.session !== null, call: createCaller(context, { onError: reportError }) };
};
