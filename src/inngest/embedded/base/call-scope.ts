import { AsyncLocalStorage } from "node:async_hooks";

/** What one call of a function asked of the server beyond the supported subset; the run then fails at once. */
export type CallScope = { refused?: string };

/** Follows the call through the SDK to our `fetch`, which otherwise would not know the run it serves. */
export const callScope = new AsyncLocalStorage<CallScope>();

export const refuseInScope = (what: string): void => {
  const scope = callScope.getStore();
  if (scope) scope.refused ??= what;
};
