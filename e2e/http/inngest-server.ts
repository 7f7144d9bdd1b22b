import { createHmac } from "node:crypto";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

export const SIGNING_KEY = "ab".repeat(32);

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** JSON with sorted names (RFC 8785 for what is sent here): the form that is signed. */
const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
};

/** The signature header that a server with the signing key sends with a body. */
export const sign = (body: Json): Record<string, string> => {
  const seconds = String(Math.floor(Date.now() / 1000));
  const digest = createHmac("sha256", SIGNING_KEY).update(canonical(body)).update(seconds).digest("hex");
  return { "x-inngest-signature": `t=${seconds}&s=${digest}` };
};

export type Answer = { readonly status: number; readonly text: string };

/** A request with a Host header of our choice, which no browser and no fetch would send. */
export const send = (
  url: string,
  { method, headers = {}, body }: { method: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers: { "content-type": "application/json", ...headers } });
    outgoing.once("error", reject);
    outgoing.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.end(body);
  });

type Operation = { readonly id: string; readonly op: string; readonly data?: Json };

/** Executes a function as a server does, with a signed call per step; returns the function's result. */
export const executeRun = async (
  url: string,
  fnId: string,
  event: { readonly [name: string]: Json },
): Promise<unknown> => {
  const steps: Record<string, Json> = {};
  for (;;) {
    const stack = { stack: Object.keys(steps), current: Object.keys(steps).length };
    const ctx = { run_id: "a-run", attempt: 0, use_api: false, disable_immediate_execution: false, stack };
    const body = { version: 2, event, events: [event], steps, ctx };
    const answer = await send(`${url}?fnId=${fnId}&stepId=step`, {
      method: "POST",
      headers: sign(body),
      body: JSON.stringify(body),
    });
    if (answer.status === 200) return JSON.parse(answer.text);
    if (answer.status !== 206) throw new Error(`${answer.status}: ${answer.text}`);
    for (const { id, op, data } of JSON.parse(answer.text) as Operation[]) {
      if (op !== "StepRun") throw new Error(`the function asked for ${op}: ${answer.text}`);
      steps[id] = { type: "data", data: data ?? null };
    }
  }
};

/** A server where an app registers its functions; records the URLs at which they are to be called. */
export const listenForRegistrations = async () => {
  const urls: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      urls.push((JSON.parse(body) as { url: string }).url);
      response.setHeader("content-type", "application/json").end('{"status":200,"modified":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, urls, close: () => void server.close() };
};
