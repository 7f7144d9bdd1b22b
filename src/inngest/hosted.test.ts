import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { InngestFunction } from "inngest";
import { afterEach, expect, it, vi } from "vitest";
import { createInngestClient, type InngestMode } from "./client";
import { QUIET } from "./embedded/contract/quiet";
import { createEndpoint } from "./hosted";

const SIGNING_KEY = "ab".repeat(32);
const ORIGIN = "https://bots.example";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** Where the SDK registers functions, and what it sent there. */
const listen = async (): Promise<{ baseUrl: string; registered: string[] }> => {
  const registered: string[] = [];
  const http = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      registered.push(`${request.url} ${(JSON.parse(body) as { url: string }).url}`);
      response.setHeader("content-type", "application/json").end('{"status":200,"modified":true}');
    });
  });
  server = http;
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return { baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, registered };
};

const open = (mode: InngestMode, work: () => unknown = () => "done") => {
  const client = createInngestClient(mode, { ...QUIET, appId: "probe" });
  const functions: InngestFunction.Any[] = [
    client.createFunction({ id: "fn", retries: 0, triggers: [{ event: "probe/go" }] }, work),
  ];
  return createEndpoint({ client, functions, mode, origin: ORIGIN });
};

const sign = (body: string): string => {
  const seconds = Math.floor(Date.now() / 1000);
  return `t=${seconds}&s=${createHmac("sha256", SIGNING_KEY).update(`${body}${seconds}`).digest("hex")}`;
};

const ask = (
  method: string,
  { query = "", body = "", headers = {} }: { query?: string; body?: string; headers?: object },
) =>
  new Request(`http://127.0.0.1:3000/api/inngest${query}`, {
    method,
    headers: { host: "127.0.0.1:3000", "content-type": "application/json", ...headers },
    ...(body !== "" && { body }),
  });

const call = (fn: string, more: object = {}) => {
  const event = { name: "probe/go", data: {}, id: "one", ts: 1 };
  const ctx = { run_id: "run", attempt: 0, stack: { stack: [], current: 0 }, use_api: false };
  return ask("POST", {
    query: `?fnId=${fn}&stepId=step`,
    body: JSON.stringify({ event, events: [event], steps: {}, ctx, ...more }),
  });
};

it("a registration names the configured origin, whatever host asks for it, and only a signed one is made", async () => {
  const { baseUrl, registered } = await listen();
  const endpoint = open({ kind: "selfhosted", baseUrl, signingKey: SIGNING_KEY, eventKey: "event" });
  const forged = { host: "evil.test", "x-forwarded-host": "evil.test" };
  expect((await endpoint(ask("PUT", { headers: forged }))).status).toBe(401);
  const wrong = { ...forged, "x-inngest-signature": sign("{}").replace(/.$/, "0").replace(/s=./, "s=g") };
  expect((await endpoint(ask("PUT", { headers: wrong, body: "{}" }))).status).toBe(401);
  expect(registered).toEqual([]);
  const signed = { ...forged, "x-inngest-signature": sign("{}") };
  expect((await endpoint(ask("PUT", { headers: signed, body: "{}" }))).status).toBe(200);
  expect(registered).toEqual([`/fn/register ${ORIGIN}/api/inngest`]);
});

it("without a signing key a registration names the configured origin too", async () => {
  const { baseUrl, registered } = await listen();
  const endpoint = open({ kind: "dev", baseUrl });
  const request = ask("PUT", {
    body: '{"url":"http://evil.test/api/inngest"}',
    headers: { "x-forwarded-host": "evil.test" },
  });
  expect((await endpoint(request)).status).toBe(200);
  expect(registered).toEqual([`/fn/register ${ORIGIN}/api/inngest`]);
});

it.each([
  ["a function that is not there", () => call("probe-none"), /no function of this name/],
  ["a call without a function", () => ask("POST", { body: "{}" }), /no function of this name/],
  ["a call of another form", () => call("probe-fn", { ctx: 5, event: 7 }), /could not be understood/],
  ["a function that fails", () => call("probe-fn"), /it failed/],
])("answers %s shortly, without stack or paths", async (_what, request, message) => {
  const endpoint = open({ kind: "dev", baseUrl: "http://127.0.0.1:1" }, () => {
    throw new Error("it failed");
  });
  const response = await endpoint(request());
  expect(response.status).toBeGreaterThanOrEqual(400);
  const text = await response.text();
  expect(text).toMatch(message);
  expect(text.length).toBeLessThan(300);
  expect(text).not.toMatch(/node_modules|\.[jt]s\b|\/src\/| at /);
});

it("a burst of calls executes eight at a time, fewer than the connections of the pool, and loses none", async () => {
  const ends: (() => void)[] = [];
  let most = 0;
  const endpoint = open({ kind: "dev", baseUrl: "http://127.0.0.1:1" }, async () => {
    await new Promise<void>((resolve) => void ends.push(resolve));
    return "done";
  });
  const answers = Array.from({ length: 40 }, () => endpoint(call("probe-fn")));
  for (let ended = 0; ended < 40; ended++) {
    await vi.waitFor(() => expect(ends.length).toBeGreaterThan(0), { timeout: 30_000 });
    most = Math.max(most, ends.length);
    ends.shift()?.();
  }
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses).toEqual(Array.from({ length: 40 }, () => 200));
  expect(most).toBeLessThanOrEqual(8);
});
