import { referenceOf } from "../report-failure";
import { getServer } from "../runtime";
import { createContext, type ApiContext } from "./procedure/create-context";
import { insideOf } from "./procedure/translate-error";
import { reportError } from "./report-error";
import { createCaller } from "./root";

/** A page that fails shows the error's digest, and so the reference of its log line. */
const reportToPage: typeof reportError = (failure) => {
  reportError(failure);
  const { error } = failure;
  if (error.code === "INTERNAL_SERVER_ERROR") Object.assign(error, { digest: referenceOf(insideOf(error)) });
};

export const createPageCaller = (context: ApiContext) => createCaller(context, { onError: reportToPage });

/** The procedures as the sender of these headers may call them; `isSignedIn` decides what page to show. */
export const callerOf = async (headers: Headers) => {
  const context = await createContext(getServer(), headers);
  return { isSignedIn: context.session !== null, call: createPageCaller(context) };
};
