import { createHmac } from "node:crypto";

/** The SDK signs with the key's digits as they stand, without the prefix that hosted Inngest puts before them. */
const signBody = (body: string, signingKey: string, nowMs: number): string => {
  const seconds = Math.floor(nowMs / 1000).toString();
  const key = signingKey.replace(/^signkey-\w+-/, "");
  return `t=${seconds}&s=${createHmac("sha256", key).update(body).update(seconds).digest("hex")}`;
};

export type Registration = {
  /** Where this machine reaches the endpoint, `.../api/inngest`. */
  readonly url: string;
  /** None: a development server's mode. */
  readonly signingKey?: string | undefined;
  readonly nowMs: number;
};

/**
 * Lets an endpoint of ours tell the Inngest server of its functions, as the server itself asks for it. Throws, saying
 * what was answered, when the endpoint or the server refuses.
 */
export const registerApp = async ({ url, signingKey, nowMs }: Registration): Promise<void> => {
  const body = JSON.stringify({ url });
  const signature = signingKey === undefined ? {} : { "x-inngest-signature": signBody(body, signingKey, nowMs) };
  const headers = { "content-type": "application/json", ...signature };
  const answer = await fetch(url, { method: "PUT", headers, body });
  if (answer.ok) return;
  throw new Error(`The Inngest server did not take the functions (${answer.status}): ${await answer.text()}`);
};
