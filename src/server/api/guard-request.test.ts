import { describe, expect, it } from "vitest";
import { guardRequest } from "./guard-request";
import { refuseBody } from "./refuse-request";

const ORIGIN = "https://bots.example";
const OURS = { "sec-fetch-site": "same-origin", "content-type": "application/json" };

const send = (headers: Readonly<Record<string, string>>, body: BodyInit = "{}", method = "POST", calls = "bots.stop") =>
  guardRequest(
    new Request(`${ORIGIN}/api/trpc/${calls}`, { method, headers, ...(method !== "GET" && { body }) }),
    ORIGIN,
  );

const statusOf = async (answer: Promise<Request | Response>): Promise<number | "passed"> => {
  const result = await answer;
  return result instanceof Response ? result.status : "passed";
};

/** A body without a declared length. */
const streamOf = (bytes: number): ReadableStream =>
  new ReadableStream({
    start: (controller) => {
      for (let sent = 0; sent < bytes; sent += 65_536) controller.enqueue(new Uint8Array(65_536).fill(32));
      controller.close();
    },
  });

describe("a change", () => {
  it("from our own page passes with its body, by the browser's word or by its origin", async () => {
    const passed = await send(OURS, '{"a":1}');
    expect(passed instanceof Request && (await passed.json())).toEqual({ a: 1 });
    expect(await statusOf(send({ origin: ORIGIN, "content-type": "application/json; charset=utf-8" }))).toBe("passed");
  });

  it.each([
    ["another site", { ...OURS, "sec-fetch-site": "cross-site", origin: ORIGIN }],
    ["a sibling of our site", { ...OURS, "sec-fetch-site": "same-site" }],
    ["another origin", { "content-type": "application/json", origin: "https://evil.test" }],
    ["an origin that hides", { "content-type": "application/json", origin: "null" }],
    ["nowhere", { "content-type": "application/json" }],
  ])("from %s is refused", async (_from, headers) => {
    expect(await statusOf(send(headers))).toBe(403);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "as %j is refused, which a form of another site could send",
    async (type) => {
      expect(await statusOf(send({ ...OURS, "content-type": type }))).toBe(415);
    },
  );

  it("larger than 16 KiB is refused, announced or not", async () => {
    expect(await statusOf(send(OURS, "x".repeat(16_385)))).toBe(413);
    const unannounced = new Request(`${ORIGIN}/api/trpc/bots.stop`, {
      method: "POST",
      headers: OURS,
      body: streamOf(5_000_000),
      duplex: "half",
    } as RequestInit);
    expect(await statusOf(guardRequest(unannounced, ORIGIN))).toBe(413);
    expect(await statusOf(send(OURS, "x".repeat(16_384)))).toBe("passed");
  });

  it.each(["bots.create", "bots.edit", "bots.stop,bots.edit"])(
    "%s, which sends settings, may have 256 KiB",
    async (calls) => {
      expect(await statusOf(send(OURS, "x".repeat(262_144), "POST", calls))).toBe("passed");
      expect(await statusOf(send(OURS, "x".repeat(262_145), "POST", calls))).toBe(413);
    },
  );

  it("of many calls that send no settings has 16 KiB for all of them", async () => {
    const calls = ["bots.stop", "bots.createX", "auth.verifyEmail"].join(",");
    expect(await statusOf(send(OURS, "x".repeat(16_385), "POST", calls))).toBe(413);
  });

  it("is told that whoever sent it has gone", async () => {
    const leaving = new AbortController();
    const init = { method: "POST", headers: OURS, body: "{}", signal: leaving.signal };
    const passed = await guardRequest(new Request(`${ORIGIN}/api/trpc/bots.stop`, init), ORIGIN);
    leaving.abort();
    expect(passed instanceof Request && passed.signal.aborted).toBe(true);
  });

  it("by another method is refused", async () => {
    expect(await statusOf(send(OURS, "{}", "PUT"))).toBe(405);
  });
});

it("a read passes from anywhere: it changes nothing", async () => {
  expect(await statusOf(send({ "sec-fetch-site": "cross-site" }, "", "GET"))).toBe("passed");
});

it.each([
  ["too-large", 413, null],
  ["broken-off", 400, null],
  ["too-slow", 408, "close"],
] as const)("a refusal of a body that was %s is %i, kept by no cache, and ends what is still to come", (...refused) => {
  const [outcome, status, connection] = refused;
  const answer = refuseBody(outcome, 1);
  const headers = [answer.headers.get("cache-control"), answer.headers.get("connection")];
  expect([answer.status, ...headers]).toEqual([status, "no-store", connection]);
});
