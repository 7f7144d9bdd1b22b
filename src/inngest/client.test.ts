import { describe, expect, it } from "vitest";
import { chooseInngestMode, createInngestClient } from "./client";

const neverFetch: typeof fetch = () => Promise.reject(new Error("not called"));

describe("chooseInngestMode", () => {
  const choose = (environment: Parameters<typeof chooseInngestMode>[0]) => chooseInngestMode(environment, neverFetch);

  it("is embedded when nothing is set", () => {
    expect(choose({})).toEqual({ kind: "embedded", fetch: neverFetch });
    expect(choose({ INNGEST_DEV: "0" }).kind).toBe("embedded");
  });

  it("takes the dev server, also at a URL", () => {
    expect(choose({ INNGEST_DEV: "1" })).toEqual({ kind: "dev" });
    expect(choose({ INNGEST_DEV: "http://127.0.0.1:9999" })).toEqual({ kind: "dev", baseUrl: "http://127.0.0.1:9999" });
  });

  it("takes a self-hosted server by its URL and both keys", () => {
    const keys = { INNGEST_SIGNING_KEY: "signkey-prod-aa", INNGEST_EVENT_KEY: "event" };
    expect(choose({ INNGEST_BASE_URL: "http://inngest:8288", ...keys })).toEqual({
      kind: "selfhosted",
      baseUrl: "http://inngest:8288",
      signingKey: "signkey-prod-aa",
      eventKey: "event",
    });
    expect(choose(keys).kind).toBe("cloud");
  });

  it("names the key that is missing", () => {
    expect(() => choose({ INNGEST_BASE_URL: "http://inngest:8288" })).toThrow(/selfhosted.*INNGEST_SIGNING_KEY/);
    expect(() => choose({ INNGEST_SIGNING_KEY: "signkey-prod-aa" })).toThrow(/cloud.*INNGEST_EVENT_KEY/);
  });

  it("refuses dev mode in production together with a signing key", () => {
    const environment = { NODE_ENV: "production", INNGEST_DEV: "1", INNGEST_SIGNING_KEY: "signkey-prod-aa" };
    expect(() => choose(environment)).toThrow(/unset it in production/);
    expect(choose({ ...environment, NODE_ENV: "development" }).kind).toBe("dev");
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
