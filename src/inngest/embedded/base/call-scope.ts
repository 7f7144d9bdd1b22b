import { AsyncLocalStorage } from "node:async_hooks";

/** Requests of one function call that are outside the supported subset; with any, the run fails at once. */
export type CallScope = { refused?: string };

/** Follows the call through the SDK to our `fetch`, which otherwise would not know which run it serves. */
export const callScope = new AsyncLocalStorage<CallScope>();

export const refuseInScope = (what: string): void => {
  const scope = callScope.getStore();
  if (scope) scope.refused ??= what;
};
