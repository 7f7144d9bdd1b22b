import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { guardRequest } from "./guard-request";
import { signBody } from "./signature";

const KEY = "ab".repeat(32);

type Call = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

const judge = async ({ method = "POST", headers = {}, body = "{}" }: Call, isSigned: boolean, keys = [KEY]) => {
  const given = { host: "127.0.0.1:3000", "content-type": "application/json", ...headers };
  const init = { method, headers: given, ...(method !== "GET" && { body }) };
  const guarded = await guardRequest(new Request("http://127.0.0.1:3000/api/inngest", init), isSigned ? keys : null);
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
    expect(await judge({ headers: { "sec-fetch-site": "none" } }, false)).toBe("{}");
  });
});

/** A request with a body that `pull` makes. */
const streamed = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void, signature: string) => {
  const body = new ReadableStream({ pull }, { highWaterMark: 0 });
  const headers = { "x-inngest-signature": signature };
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  return guardRequest(new Request("http://bots.example/api/inngest", init), [KEY]);
};

describe("with keys", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const signed = (body: unknown) => ({ "x-inngest-signature": signBody(body, KEY, Date.now()) });

  it.each(["GET", "PUT", "POST"])("refuses a %s that carries no signature", async (method) => {
    expect(await judge({ method }, true)).toBe(401);
  });

  it.each([
    ["none", ""],
    ["a made-up one", "t=1&s=ab"],
    ["one of another form", `s=${"ab".repeat(32)}`],
    ["an old one", signBody({}, KEY, Date.now() - 301_000)],
    ["one of a time to come", signBody({}, KEY, Date.now() + 600_000)],
  ])("reads no body where its signature is %s", async (_what, signature) => {
    const guarded = await streamed(() => expect.unreachable("the body was read"), signature);
    expect(guarded).toMatchObject({ outcome: "refused", response: { status: 401 } });
  });

  it("takes what the key has signed, from whichever host it comes and however it is written", async () => {
    const body = '{"b": [1, null, {"d": 1.50, "c": "\\u00e4"}], "a": ""}';
    const headers = { ...signed({ a: "", b: [1, null, { c: "ä", d: 1.5 }] }), host: "bots.example" };
    expect(await judge({ headers, body }, true)).toBe(body);
    expect(await judge({ method: "PUT", headers: signed(""), body: "" }, true)).toBe("");
  });

  it("takes what either of two keys has signed, while one replaces the other", async () => {
    const keys = ["cd".repeat(32), KEY];
    expect(await judge({ headers: signed({}) }, true, keys)).toBe("{}");
    expect(await judge({ headers: signed({}) }, true, keys.toReversed())).toBe("{}");
  });

  it("signs with the digits of a key, without the prefix that hosted Inngest gives it", async () => {
    expect(await judge({ headers: signed({}) }, true, [`signkey-prod-${KEY}`])).toBe("{}");
  });

  it("lets nothing wait for its turn that another key has signed, or that was changed", async () => {
    const forged = signBody({}, "cd".repeat(32), Date.now());
    expect(await judge({ headers: { "x-inngest-signature": forged } }, true)).toBe(401);
    expect(await judge({ headers: signed({}), body: '{"a":1}' }, true)).toBe(401);
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(await judge({ headers: signed({}), body: deep }, true)).toBe(401);
  });

  it("refuses garbage, and a body of more than 5 MB whether it says so or not", async () => {
    const headers = signed({});
    expect(await judge({ headers, body: "{oops" }, true)).toBe(400);
    expect(await judge({ headers, body: `"${"x".repeat(5_000_001)}"` }, true)).toBe(413);
    expect(await judge({ headers: { ...headers, "content-length": "9000000" } }, true)).toBe(413);
  });

  it("cuts a body that trickles at its deadline", async () => {
    const guarding = streamed(
      (controller) => void setTimeout(() => controller.enqueue(new Uint8Array(1)), 1000),
      signBody({}, KEY, Date.now()),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    const guarded = await guarding;
    expect(guarded).toMatchObject({ outcome: "refused", response: { status: 408 } });
    // The rest of the body has not arrived yet.
    expect(guarded.outcome === "refused" && guarded.response.headers.get("connection")).toBe("close");
  });
});
