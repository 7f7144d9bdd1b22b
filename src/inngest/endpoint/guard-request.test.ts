import { describe, expect, it } from "vitest";
import { guardRequest } from "./guard-request";

type Call = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

const judge = async ({ method = "POST", headers = {}, body = "{}" }: Call, isSigned: boolean) => {
  const given = { host: "127.0.0.1:3000", "content-type": "application/json", ...headers };
  const init = { method, headers: given, ...(method !== "GET" && { body }) };
  const guarded = await guardRequest(new Request("http://127.0.0.1:3000/api/inngest", init), isSigned);
  return guarded.outcome === "passed" ? guarded.request.text() : guarded.response.status;
};

describe("without signatures", () => {
  it.each<[string, Call, number]>([
    ["a page of another site", { headers: { origin: "https://evil.test" } }, 403],
    ["a page of this very app", { headers: { origin: "http://127.0.0.1:3000" } }, 403],
    ["a page whose browser hides the origin", { headers: { origin: "null" } }, 403],
    ["a link or form of another site", { headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["a page on another port of this machine", { headers: { "sec-fetch-site": "same-site" } }, 403],
    ["a name that was pointed at this machine", { headers: { host: "rebound.evil.test:3000" } }, 403],
    ["an address of the network", { headers: { host: "192.168.1.4:3000" } }, 403],
    ["a request that a form could make", { headers: { "content-type": "text/plain" } }, 415],
    ["a body that only begins like JSON's type", { headers: { "content-type": "application/jsonp" } }, 415],
    ["a reading page of another site", { method: "GET", headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["garbage", { body: "{oops" }, 400],
  ])("refuses %s", async (_what, call, status) => {
    expect(await judge(call, false)).toBe(status);
  });

  it("takes a call of a development server on this machine, body and all", async () => {
    expect(await judge({ body: '{"event":1}' }, false)).toBe('{"event":1}');
    expect(
      await judge({ headers: { host: "localhost:3000", "content-type": "Application/JSON; charset=utf-8" } }, false),
    ).toBe("{}");
    expect(await judge({ method: "PUT", headers: { host: "[::1]:3000" }, body: "" }, false)).toBe("");
    expect(await judge({ method: "GET" }, false)).toBe("");
  });
});

describe("with keys", () => {
  const signature = { "x-inngest-signature": "t=1&s=ab" };

  it.each(["GET", "PUT", "POST"])(
    "refuses a %s that carries no signature, and reads no body before",
    async (method) => {
      const body = new ReadableStream({ pull: () => expect.unreachable("the body was read") }, { highWaterMark: 0 });
      const init = { method, ...(method !== "GET" && { body, duplex: "half" }) };
      const guarded = await guardRequest(new Request("http://bots.example/api/inngest", init), true);
      expect(guarded).toMatchObject({ outcome: "refused", response: { status: 401 } });
    },
  );

  it("leaves the signature to the SDK, from whichever host it comes", async () => {
    expect(await judge({ headers: { ...signature, host: "bots.example" } }, true)).toBe("{}");
  });

  it("refuses garbage, and a body of more than 5 MB whether it says so or not", async () => {
    expect(await judge({ headers: signature, body: "{oops" }, true)).toBe(400);
    const long = `"${"x".repeat(5_000_001)}"`;
    expect(await judge({ headers: signature, body: long }, true)).toBe(413);
    expect(await judge({ headers: { ...signature, "content-length": "9000000" } }, true)).toBe(413);
  });
});
