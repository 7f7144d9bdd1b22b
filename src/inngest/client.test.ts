import { describe, expect, it } from "vitest";
import { chooseInngestMode, createInngestClient } from "./client";

const neverFetch: typeof fetch = () => Promise.reject(new Error("not called"));

describe("chooseInngestMode", () => {
  const choose = (environment: Parameters<typeof chooseInngestMode>[0]) => chooseInngestMode(environment, neverFetch);
  const keys = { INNGEST_SIGNING_KEY: "signkey-prod-aa", INNGEST_EVENT_KEY: "event" };
  const asMode = { signingKey: "signkey-prod-aa", eventKey: "event" };

  it("is embedded unless RUNNER says otherwise, whatever else is set", () => {
    expect(choose({})).toEqual({ kind: "embedded", fetch: neverFetch });
    expect(choose({ RUNNER: "embedded", INNGEST_DEV: "1", ...keys }).kind).toBe("embedded");
  });

  it.each([
    [{ INNGEST_DEV: "1" }, { kind: "dev" }],
    [{ INNGEST_DEV: "http://127.0.0.1:9999" }, { kind: "dev", baseUrl: "http://127.0.0.1:9999" }],
    [
      { INNGEST_DEV: "1", INNGEST_BASE_URL: "http://a:1" },
      { kind: "dev", baseUrl: "http://a:1" },
    ],
    [
      { INNGEST_BASE_URL: "http://a:1", ...keys },
      { kind: "selfhosted", baseUrl: "http://a:1", ...asMode },
    ],
    [keys, { kind: "cloud", ...asMode }],
  ])("with RUNNER=inngest and %j is %j", (environment, mode) => {
    expect(choose({ RUNNER: "inngest", ...environment })).toEqual(mode);
  });

  it("never falls back to the embedded runner where a key is missing", () => {
    expect(() => choose({ RUNNER: "inngest", INNGEST_SIGNING_KEY: "aa" })).toThrow(/INNGEST_EVENT_KEY/);
  });
});

describe("createInngestClient", () => {
  it("sends the events of an embedded client through the given fetch, and through nothing else", async () => {
    const urls: string[] = [];
    const recordingFetch: typeof fetch = (input) => {
      urls.push(input instanceof Request ? input.url : input.toString());
      return Promise.resolve(Response.json({ ids: ["one"], status: 200 }));
    };
    const client = createInngestClient({ kind: "embedded", fetch: recordingFetch });
    await expect(client.send({ name: "bot/started", data: {} })).resolves.toEqual({ ids: ["one"] });
    expect(urls).toHaveLength(1);
    expect(urls[0]).toMatch(/^http:\/\/embedded\.local\/e\//);
  });
});
