import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { registerApp } from "./register-app";
import { isSignedBy } from "./signature";

const KEY = "ab".repeat(32);

it("a server that takes the call and never answers is given up, in words that say so", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  await expect(registerApp({ url, nowMs: Date.now(), answerMsMax: 20 })).rejects.toThrow(/does not answer\.$/);
  server.closeAllConnections();
  server.close();
});

it("asks by a signed PUT, and says with what words the server refused", async () => {
  const asked: [string | undefined, boolean][] = [];
  const server = createServer((request, response) => {
    const signature = String(request.headers["x-inngest-signature"]);
    asked.push([request.method, isSignedBy([KEY], { url: urlOf() }, signature)]);
    response.writeHead(asked.length === 1 ? 200 : 401).end("no such key");
  });
  const urlOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const register = () => registerApp({ url: urlOf(), signingKey: KEY, nowMs: Date.now() });
  await register();
  await expect(register()).rejects.toThrow("did not take the functions (401): no such key");
  expect(asked).toEqual([
    ["PUT", true],
    ["PUT", true],
  ]);
  server.closeAllConnections();
  server.close();
});
