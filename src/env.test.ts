import { expect, it } from "vitest";
import { getAuthSecret, getDatabaseUrl, getPublicUrl, parseEnvironment } from "./env";

const URL_A = "postgresql://a:b@127.0.0.1:5432/a";
const URL_B = "postgresql://a:b@127.0.0.1:5432/b";

it("has a default for all that a first start does not set", () => {
  expect(parseEnvironment({})).toEqual({
    NODE_ENV: "development",
    PORT: 3000,
    LOG_LEVEL: "info",
    TRUSTED_PROXY_HOPS: 0,
  });
});

it("takes an empty variable as unset", () => {
  expect(parseEnvironment({ DATABASE_URL: "", PORT: "", INNGEST_DEV: "" }).DATABASE_URL).toBeUndefined();
});

it("names every variable at fault in one error", () => {
  const wrong = { DATABASE_URL: "mysql://a/b", PORT: "http", LOG_LEVEL: "loud", INNGEST_BASE_URL: "ftp://a" };
  expect(() => parseEnvironment(wrong)).toThrow(/DATABASE_URL:.*\n.*PORT:.*\n.*LOG_LEVEL:.*\n.*INNGEST_BASE_URL:/);
});

it.each(["https://eea.okx.com", "http://127.0.0.1:4010", "http://localhost:4010", "http://[::1]:4010"])(
  "takes OKX's prices from %s",
  (url) => {
    expect(parseEnvironment({ OKX_BASE_URL: url }).OKX_BASE_URL).toBe(url);
  },
);

it.each(["http://www.okx.com", "http://127.0.0.1.example.org", "ftp://127.0.0.1", "okx.com"])(
  "takes no prices in the clear, or from what is no address: %s",
  (url) => {
    expect(() => parseEnvironment({ OKX_BASE_URL: url })).toThrow(/OKX_BASE_URL/);
  },
);

it("refuses a port that TCP does not have", () => {
  expect(() => parseEnvironment({ PORT: "70000" })).toThrow(/PORT/);
});

it("uses the pooled address where no direct one is given, and the direct one where it is", () => {
  expect(getDatabaseUrl("DIRECT_URL", parseEnvironment({ DATABASE_URL: URL_A }))).toBe(URL_A);
  expect(getDatabaseUrl("DIRECT_URL", parseEnvironment({ DATABASE_URL: URL_A, DIRECT_URL: URL_B }))).toBe(URL_B);
  expect(getDatabaseUrl("DATABASE_URL", parseEnvironment({ DATABASE_URL: URL_A, DIRECT_URL: URL_B }))).toBe(URL_A);
});

it("says how to get a database when none is set", () => {
  expect(() => getDatabaseUrl("DATABASE_URL", parseEnvironment({}))).toThrow(/npm start.*postgresql:\/\//s);
});

it.each(["changeme", "a".repeat(64)])("refuses the weak secret %s", (secret) => {
  expect(() => parseEnvironment({ NEXTAUTH_SECRET: secret })).toThrow(/NEXTAUTH_SECRET/);
});

it("has no secret of its own, and says how to make one", () => {
  expect(() => getAuthSecret(parseEnvironment({}))).toThrow(/NEXTAUTH_SECRET.*openssl/);
});

it("is found at its own port where no public address is given", () => {
  expect(getPublicUrl(parseEnvironment({ PORT: "4000" })).origin).toBe("http://localhost:4000");
  expect(getPublicUrl(parseEnvironment({ NEXTAUTH_URL: "https://bots.example" })).protocol).toBe("https:");
});
