import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createWholeFetch, startTrace } from "./whole-fetch";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const MOST = 1000;
const open = (headers: Record<string, string> = {}) => {
  const trace = startTrace();
  return { trace, wholeFetch: createWholeFetch(trace, { replyBytesMax: MOST, headers }) };
};

describe("a whole fetch", () => {
  it("sends its own headers and three of those it is given, and no other", async () => {
    let sent: object = {};
    const url = await serve((request, response) => {
      sent = request.headers;
      response.end("{}");
    });
    const headers = { authorization: "Bearer other", "x-api-key": "other", "x-more": "1", accept: "application/json" };
    await open({ "X-Api-Key": "mine" }).wholeFetch(url, { method: "POST", headers, body: "{}" });
    expect(sent).toMatchObject({ "x-api-key": "mine", accept: "application/json" });
    expect(Object.keys(sent)).not.toContain("authorization");
    expect(Object.keys(sent)).not.toContain("x-more");
  });

  it("answers when the whole body is here", async () => {
    let end = (): unknown => undefined;
    const url = await serve((_request, response) => {
      response.write("first ");
      end = () => response.end("last");
    });
    const { trace, wholeFetch } = open();
    let isAnswered = false;
    const answer = wholeFetch(url).then(async (response) => {
      isAnswered = true;
      return response.text();
    });
    await expect.poll(() => trace.phase, { timeout: 20_000 }).toBe("answered");
    expect(isAnswered).toBe(false);
    end();
    expect(await answer).toBe("first last");
  });

  it.each([
    [MOST, "fits"],
    [MOST + 1, "is too large"],
  ])("of %i bytes %s", async (length, what) => {
    const url = await serve((_request, response) => void response.end("x".repeat(length)));
    const { trace, wholeFetch } = open();
    const read = await wholeFetch(url).then(
      async (response) => (await response.text()).length,
      () => "failed",
    );
    expect([read, trace.isTooLarge]).toEqual(what === "fits" ? [length, false] : ["failed", true]);
  });

  it("counts the bytes of what was compressed", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync("x".repeat(5_000_000)));
    });
    const { trace, wholeFetch } = open();
    await expect(wholeFetch(url)).rejects.toThrow(/more than 1000 bytes/);
    expect(trace.isTooLarge).toBe(true);
  });

  it.each([204, 205, 304])("takes a %i, which has no body", async (status) => {
    const url = await serve((_request, response) => {
      response.writeHead(status);
      response.end();
    });
    expect((await open().wholeFetch(url)).status).toBe(status);
  });

  it("follows no redirect", async () => {
    const visited: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      visited.push(request.url);
      response.writeHead(307, { location: "/elsewhere" });
      response.end();
    });
    expect((await open().wholeFetch(url, { method: "POST", body: "{}" })).status).toBe(307);
    expect(visited).toEqual(["/"]);
  });
});

describe("the status of an error counts", () => {
  it("though its body has no end", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(401);
      const pour = (): void => {
        while (response.write("x".repeat(65_536)));
      };
      response.on("drain", pour);
      pour();
    });
    const response = await open().wholeFetch(url);
    expect([response.status, (await response.text()).length < 100_000]).toEqual([401, true]);
  });

  it("though its body breaks off, or does not come before it is given up", async () => {
    const broken = await serve((_request, response) => {
      response.writeHead(401, { "content-length": "900" });
      response.write("{", () => response.destroy());
    });
    expect((await open().wholeFetch(broken)).status).toBe(401);
    const silent = await serve((_request, response) => {
      response.writeHead(429, { "retry-after": "7" });
      response.write("{");
    });
    const stop = new AbortController();
    const { trace, wholeFetch } = open();
    const answer = wholeFetch(silent, { signal: stop.signal });
    await expect.poll(() => trace.phase, { timeout: 20_000 }).toBe("answered");
    stop.abort();
    const { status, headers } = await answer;
    expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
  });
});
