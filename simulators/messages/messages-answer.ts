/** An answer of the API: HTTP status, headers and JSON body. */
export type MessagesAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
};

const refuseWith = (status: number, type: string, message: string): MessagesAnswer => ({
  status,
  headers: {},
  body: { type: "error", error: { type, message, details: null }, request_id: null },
});

// Statuses and types of the "Errors" page of the API's documentation.
export const refuseRequest = (message: string): MessagesAnswer => refuseWith(400, "invalid_request_error", message);
export const refuseKey = (message = "invalid api key"): MessagesAnswer =>
  refuseWith(401, "authentication_error", message);
export const refuseCredit = (): MessagesAnswer =>
  refuseRequest("Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.");
export const refusePermission = (): MessagesAnswer =>
  refuseWith(403, "permission_error", "Your API key does not have permission to use the specified resource.");
export const refuseModel = (model: string): MessagesAnswer => refuseWith(404, "not_found_error", `model: ${model}`);
export const refusePath = (): MessagesAnswer => refuseWith(404, "not_found_error", "Not Found");
export const failWith = (status: number): MessagesAnswer => refuseWith(status, "api_error", "Internal server error");
export const refuseOverloaded = (): MessagesAnswer => refuseWith(529, "overloaded_error", "Overloaded");
export const refuseRate = (retryAfter: string | null): MessagesAnswer => ({
  ...refuseWith(429, "rate_limit_error", "This request would exceed your rate limit."),
  headers: retryAfter === null ? {} : { "retry-after": retryAfter },
});
/** An error in the form of other vendors; some of them repeat the key in its words. */
export const tellError = (status: number, message: string): MessagesAnswer => ({
  status,
  headers: {},
  body: { error: { type: "error", message } },
});
export const redirectTo = (location: string): MessagesAnswer => ({ status: 307, headers: { location }, body: {} });
