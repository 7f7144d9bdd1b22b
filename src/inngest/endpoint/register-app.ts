import { signBody } from "./signature";

/** How long the endpoint and the Inngest server may take together. */
const ANSWER_MS_MAX = 10_000;

export type Registration = {
  /** Where this machine reaches the endpoint, `.../api/inngest`. */
  readonly url: string;
  /** Missing with a development server, which signs nothing. */
  readonly signingKey?: string | undefined;
  readonly nowMs: number;
  readonly answerMsMax?: number;
};

/**
 * Makes our endpoint register its functions with the Inngest server, by the request that the server itself would send.
 * Throws, with the answer, when the endpoint or the server refuses, and when they do not answer.
 */
export const registerApp = async ({
  url,
  signingKey,
  nowMs,
  answerMsMax = ANSWER_MS_MAX,
}: Registration): Promise<void> => {
  const signature = signingKey === undefined ? {} : { "x-inngest-signature": signBody({ url }, signingKey, nowMs) };
  const headers = { "content-type": "application/json", ...signature };
  const signal = AbortSignal.timeout(answerMsMax);
  const answer = await fetch(url, { method: "PUT", headers, body: JSON.stringify({ url }), signal }).catch(
    (error: unknown) => {
      if (!signal.aborted) throw error;
      throw new Error("The Inngest server, or the app, does not answer.", { cause: error });
    },
  );
  if (answer.ok) return;
  throw new Error(`The Inngest server did not take the functions (${answer.status}): ${await answer.text()}`);
};
