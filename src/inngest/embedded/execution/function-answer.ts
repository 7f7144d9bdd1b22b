import { isJsonObject, type JsonObject } from "../base/json-object";

/** What the SDK's handler answered to one call. */
export type FunctionAnswer = {
  /** From the answer's headers: this failure is final. */
  readonly noRetry: boolean;
  /** From the answer's headers: seconds or a date. */
  readonly retryAfter: string | undefined;
} & (
  | { readonly kind: "ops"; readonly ops: readonly JsonObject[] }
  | { readonly kind: "returned"; readonly data: unknown }
  | { readonly kind: "failed"; readonly error: unknown }
);

/** An error in the form the SDK reads back for `onFailure` and failed steps. */
export const errorValue = (name: string, message: string): JsonObject => ({
  name,
  message,
  stack: `${name}: ${message}`,
});

/** An answer that fails the run at once: the function asked for something outside the supported subset. */
export const refusedAnswer = (what: string): FunctionAnswer => ({
  kind: "failed",
  error: errorValue("UnsupportedOperation", `The embedded runner does not support ${what}.`),
  noRetry: true,
  retryAfter: undefined,
});

/** 206 = steps and other operations, 200 = the return value, any other status = the function failed. */
export const readAnswer = async (response: Response): Promise<FunctionAnswer> => {
  const body: unknown = await response.json();
  const headers = {
    noRetry: response.headers.get("x-inngest-no-retry") === "true",
    retryAfter: response.headers.get("retry-after") ?? undefined,
  };
  if (response.status === 200) return { kind: "returned", data: body, ...headers };
  if (response.status !== 206) return { kind: "failed", error: body, ...headers };
  const ops = (Array.isArray(body) ? body : [body]).filter(isJsonObject);
  return { kind: "ops", ops, ...headers };
};
