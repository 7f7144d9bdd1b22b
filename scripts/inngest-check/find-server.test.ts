import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../../src/env.js";
import { findServer, reachServer } from "./find-server";
import { USAGE } from "./usage";

const KEYS = { RUNNER: "inngest", INNGEST_SIGNING_KEY: "ab", INNGEST_EVENT_KEY: "event" };
const find = (given: Record<string, string>) => findServer(parseEnvironment(given));

describe("the check of a server", () => {
  it("takes the server that the product would take", () => {
    expect(find({ ...KEYS, INNGEST_BASE_URL: "http://a:1" })).toMatchObject({
      mode: { kind: "selfhosted" },
      baseUrl: "http://a:1",
    });
    expect(find({ RUNNER: "inngest", INNGEST_DEV: "1" }).baseUrl).toBe("http://127.0.0.1:8288");
  });

  it("takes the variables that its usage names, and no fewer", () => {
    const [command = ""] = USAGE.split("\n\n");
    const named = new Set(command.match(/\w+(?==)/g));
    const given = Object.entries({ ...KEYS, INNGEST_BASE_URL: "http://a:1" }).filter(([name]) => named.has(name));
    expect(find(Object.fromEntries(given)).mode.kind).toBe("selfhosted");
  });

  it("says what to set where there is no server, or one that cannot call this machine", () => {
    expect(() => find({})).toThrow(/set RUNNER=inngest/);
    expect(() => find(KEYS)).toThrow(/set INNGEST_BASE_URL/);
  });

  it("says at which address nobody answers, and takes any answer for a server", async () => {
    const server = createServer((_request, response) => void response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await reachServer({ baseUrl });
    await new Promise((resolve) => server.close(resolve));
    await expect(reachServer({ baseUrl })).rejects.toThrow(
      /No Inngest server answers at http:\/\/127\.0\.0\.1:\d+ \(.*ECONNREFUSED/,
    );
  });
});
