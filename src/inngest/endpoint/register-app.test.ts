import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { registerApp } from "./register-app";

it("a server that takes the call and never answers is given up, in words that say so", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  await expect(registerApp({ url, nowMs: Date.now(), answerMsMax: 20 })).rejects.toThrow(/does not answer\.$/);
  server.closeAllConnections();
  server.close();
});
