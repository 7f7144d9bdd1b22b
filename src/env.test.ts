import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import {
  findSettingsInDoubt,
  getAuthSecret,
  getDatabaseUrl,
  getPublicUrl,
  parseEnvironment,
  refuseOpenDevMode,
} from "./env";

const URL_A = "postgresql://a:b@127.0.0.1:5432/a";
const URL_B = "postgresql://a:b@127.0.0.1:5432/b";

it("has a default for all that a first start does not set", () => {
  expect(parseEnvironment({})).toEqual({
    NODE_ENV: "development",
    PORT: 3000,
    LOG_LEVEL: "info",
    RUNNER: "embedded",
    REGISTRATION: "closed",
    TRUSTED_PROXY_HOPS: 0,
    BOTS_PER_USER_MAX: 50,
    ACCOUNTS_PER_USER_MAX: 20,
    EXPORTS_AT_ONCE_MAX: 2,
    EXPORTS_PER_HOUR_MAX: 30,
    MODEL_BUDGET_PER_DAY: "20",
    MODEL_BUDGET_PER_USER: "5",
    MODEL_CALLS_AT_ONCE: 6,
    MODEL_CALLS_AT_ONCE_EACH: 4,
    MODEL_CALLS_PER_MINUTE: 60,
    MODEL_SECONDS_MAX: 20,
    SHARED_MODEL_KEYS: false,
    MODEL_PRIVATE_ADDRESSES: false,
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

it.each([
  ["DEMO_MARKET_URL", "http://market.example:4010", /on this machine itself/],
  ["TRUSTED_PROXY_HOPS", "-1", /TRUSTED_PROXY_HOPS/],
  ["TRUSTED_PROXY_HOPS", "6", /TRUSTED_PROXY_HOPS/],
  ["REGISTRATION", "yes", /must be "open", "invite" or "closed"/],
  ["SMTP_URL", "https://mail.example.org", /SMTP_URL: must be a URL like smtps/],
  ["SMTP_URL", "smtp://mail.example.org", /MAIL_FROM: is needed with SMTP_URL/],
  ["MAIL_FROM", "a@example.org", /SMTP_URL: is needed with MAIL_FROM/],
  ["MAIL_FROM", "a@example.org\nBcc: b@example.org", /MAIL_FROM: must be an address/],
])("refuses %s=%s", (name, value, message) => {
  expect(() => parseEnvironment({ [name]: value })).toThrow(message);
});

it("takes every address of the loopback network as this machine", () => {
  for (const host of ["127.0.0.1", "127.255.0.3", "localhost", "[::1]"]) {
    expect(parseEnvironment({ DEMO_MARKET_URL: `http://${host}:4010` }).DEMO_MARKET_URL).toContain(host);
  }
});

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

it.each([
  "changeme",
  "a".repeat(64),
  "secretsecretsecretsecretsecretsecret",
  "abcabcabcabcabcabcabcabcabcabcabcabc",
  "changeme-changeme-changeme-changeme-",
  "my-own-passphrasemy-own-passphrase",
  "0123456789abcdef0123456789abcdef",
  "Trading1trading2TRADING3trading4trading5",
  "Zq7!mK2#vR9$wT4%yB6&nL1*pD8@s3g",
  "abacadaeacbcdcecadbdcedeaebecede",
  "x9!kQsecretsecretsecretsecretsecretsecretsecretsecret",
])("refuses the weak secret %s", (secret) => {
  expect(() => parseEnvironment({ NEXTAUTH_SECRET: secret })).toThrow(/NEXTAUTH_SECRET: .*(random value|openssl)/);
});

it("takes secrets by chance, in every spelling that tools give them", () => {
  for (let n = 0; n < 500; n++) {
    const bytes = createHash("sha256").update(`${n}`).digest();
    for (const secret of [bytes.toString("hex"), bytes.toString("base64"), bytes.toString("hex").slice(0, 32)]) {
      expect(parseEnvironment({ NEXTAUTH_SECRET: secret }).NEXTAUTH_SECRET).toBe(secret);
    }
  }
});

it.each([
  ["https://bots.example", "0", 1],
  ["https://bots.example", "1", 0],
  ["http://192.168.1.5:3000", "", 1],
  ["http://localhost:3000", "0", 0],
  ["http://[::1]:3000", "0", 0],
  ["", "0", 0],
])("at %j behind %j proxies has %i settings in doubt", (url, hops, count) => {
  const doubts = findSettingsInDoubt(parseEnvironment({ NEXTAUTH_URL: url, TRUSTED_PROXY_HOPS: hops }));
  expect(doubts).toHaveLength(count);
  for (const doubt of doubts) expect(doubt).toContain("TRUSTED_PROXY_HOPS");
});

it("has no secret of its own, and says how to make one", () => {
  expect(() => getAuthSecret(parseEnvironment({}))).toThrow(/NEXTAUTH_SECRET.*openssl/);
});

it("is found at its own port where no public address is given", () => {
  expect(getPublicUrl(parseEnvironment({ PORT: "4000" })).origin).toBe("http://localhost:4000");
  expect(getPublicUrl(parseEnvironment({ NEXTAUTH_URL: "https://bots.example" })).protocol).toBe("https:");
});

const KEYS = { INNGEST_SIGNING_KEY: "ab".repeat(32), INNGEST_EVENT_KEY: "event" };

it.each([
  [{}, "embedded", undefined],
  [{ INNGEST_DEV: "0" }, "embedded", undefined],
  [{ INNGEST_DEV: "False" }, "embedded", undefined],
  [{ RUNNER: "inngest", INNGEST_DEV: "1" }, "inngest", "1"],
  [{ RUNNER: "inngest", INNGEST_DEV: "false", ...KEYS }, "inngest", undefined],
  [{ RUNNER: "inngest", INNGEST_BASE_URL: "http://inngest:8288", ...KEYS }, "inngest", undefined],
  [{ RUNNER: "inngest", ...KEYS, INNGEST_SIGNING_KEY: "signkey-prod-ab12" }, "inngest", undefined],
])("takes %j: the runner is %s", (given, runner, dev) => {
  expect(parseEnvironment(given)).toMatchObject({ RUNNER: runner });
  expect(parseEnvironment(given).INNGEST_DEV).toBe(dev);
});

it.each([
  [{ RUNNER: "both" }, /RUNNER: must be/],
  [{ INNGEST_DEV: "1" }, /INNGEST_DEV: .*set RUNNER=inngest too, or unset it/],
  [
    { INNGEST_BASE_URL: "http://inngest:8288", ...KEYS },
    /BASE_URL: .*RUNNER=inngest.*\n.*EVENT_KEY:.*\n.*SIGNING_KEY:/,
  ],
  [{ RUNNER: "inngest" }, /INNGEST_SIGNING_KEY: is needed.*\n.*INNGEST_EVENT_KEY: is needed/],
  [{ RUNNER: "inngest", INNGEST_EVENT_KEY: "event" }, /INNGEST_SIGNING_KEY: is needed/],
  [{ RUNNER: "inngest", ...KEYS, INNGEST_SIGNING_KEY: "not-hex" }, /INNGEST_SIGNING_KEY: must be hexadecimal/],
  [{ RUNNER: "inngest", INNGEST_DEV: "1", ...KEYS }, /INNGEST_DEV: switches signatures off/],
])("refuses %j at start, in words that say what to do", (given, message) => {
  expect(() => parseEnvironment(given)).toThrow(message);
});

const UNSIGNED = { NODE_ENV: "production", RUNNER: "inngest", INNGEST_DEV: "1" };

const refusalOf = (environment: Record<string, string>, ...commandLine: string[]): string => {
  try {
    refuseOpenDevMode(parseEnvironment(environment), ["node", "next", "start", ...commandLine]);
    return "none";
  } catch (error) {
    return String(error);
  }
};

it.each([
  [[], false],
  [["--hostname", "0.0.0.0"], false],
  [["-H", "192.168.1.4"], false],
  [["-H", "127.0.0.1", "--hostname=::"], false],
  [["--hostname"], false],
  [["--hostname", "127.0.0.1.example.org"], false],
  [["--hostname", "127.0.0.1"], true],
  [["--hostname=localhost"], true],
  [["-H127.0.0.1"], true],
  [["-H", "::1"], true],
])("unsigned calls in production are only for an app that this machine alone reaches: %j", (commandLine, allowed) => {
  expect(refusalOf(UNSIGNED, ...commandLine)).toMatch(allowed ? /^none$/ : /--hostname 127.0.0.1.*unset INNGEST_DEV/);
  expect(refusalOf({ ...UNSIGNED, NODE_ENV: "development" }, ...commandLine)).toBe("none");
});

it.each<[Record<string, string>, RegExp]>([
  [{ NEXTAUTH_URL: "https://bots.example" }, /NEXTAUTH_URL is https:\/\/bots\.example\. .*without a proxy/],
  [{ NEXTAUTH_URL: "http://192.168.1.4:3000" }, /NEXTAUTH_URL is http:\/\/192\.168\.1\.4:3000\. /],
  [{ TRUSTED_PROXY_HOPS: "1" }, /TRUSTED_PROXY_HOPS says that a proxy .*without a proxy/],
  [{ NEXTAUTH_URL: "http://localhost:3000", TRUSTED_PROXY_HOPS: "0" }, /^none$/],
])("unsigned calls in production are not for an app behind a proxy on this machine: %j", (given, expected) => {
  expect(refusalOf({ ...UNSIGNED, ...given }, "--hostname", "127.0.0.1")).toMatch(expected);
});
