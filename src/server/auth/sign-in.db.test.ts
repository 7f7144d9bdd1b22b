import { describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { verifyAudit } from "../audit/verify-audit";
import type { Runtime } from "../runtime";
import { createUser } from "./create-user";
import { ensureLogin } from "./ensure-login";
import { findSession } from "./find-session";
import { revokeSession } from "./revoke-session";
import { signIn, type SignInOutcome } from "./sign-in";
import type { Visitor } from "./visitor";

const PASSWORD = "correct horse 🐎 battery staple";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });

let people = 0;
const newEmail = (): string => `trader${(people += 1)}@example.org`;
const attempt = (email: string, password: string, from: Partial<Visitor> = {}): Promise<SignInOutcome> =>
  signIn(runtime, { credentials: { email, password }, address: null, userAgent: "test", ...from });
const outcomes = async (tries: Promise<SignInOutcome>[]): Promise<string[]> =>
  (await Promise.all(tries)).map(({ outcome }) => outcome);
const guess = (email: string, times: number, from: Partial<Visitor> = {}): Promise<string[]> =>
  outcomes(Array.from({ length: times }, () => attempt(email, "wrong password", from)));
const tokensOf = (result: SignInOutcome) => {
  if (result.outcome !== "signed-in") throw new Error(`not signed in: ${result.outcome}`);
  return result;
};

describe("the right password", () => {
  it("opens a session of its own each time, whose token is stored nowhere", async () => {
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD, role: "admin" });
    const first = tokensOf(await attempt(email, PASSWORD));
    const second = tokensOf(await attempt(` ${email.toUpperCase()} `, PASSWORD));
    expect(first.token).not.toBe(second.token);
    expect(Buffer.from(first.token, "base64url")).toHaveLength(32);
    expect(await findSession(runtime, first.token)).toMatchObject({ email, role: "admin" });
    const rows = await runtime.db.$queryRaw<{ text: string }[]>`SELECT s::text AS text FROM sessions s`;
    for (const { text } of rows) expect(text).not.toContain(first.token);
  });

  it("must match to the last character", async () => {
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD });
    expect(await outcomes([attempt(email, `${PASSWORD} `), attempt(email, PASSWORD.slice(0, -1))])).toEqual([
      "refused",
      "refused",
    ]);
  });
});

/** Signing in with a counted verification of passwords: modules are loaded once for all files of a worker. */
const loadCounted = async () => {
  vi.resetModules();
  vi.doMock("@node-rs/argon2", { spy: true });
  const { verify } = await import("@node-rs/argon2");
  const counted = await import("./sign-in");
  vi.doUnmock("@node-rs/argon2");
  return { verify: vi.mocked(verify), signIn: counted.signIn };
};

describe("a refusal", () => {
  it("is the same for a wrong password, an unknown user, an archived one and one without a password", async () => {
    const [wrong, archived, none] = [newEmail(), newEmail(), newEmail()];
    await createUser(runtime, { email: wrong, password: PASSWORD });
    const id = await createUser(runtime, { email: archived, password: PASSWORD });
    await runtime.db.user.update({ where: { id }, data: { archivedAt: new Date() } });
    await runtime.db.user.create({ data: { id: runtime.newId(), email: none } });
    const counted = await loadCounted();
    for (const email of [wrong, newEmail(), archived, none]) {
      counted.verify.mockClear();
      const credentials = { email, password: email === archived ? PASSWORD : "wrong password" };
      const outcome = await counted.signIn(runtime, { credentials, address: null, userAgent: "test" });
      expect(outcome).toEqual({ outcome: "refused" });
      // The work of one verification, for a known user or not.
      expect(counted.verify).toHaveBeenCalledTimes(1);
    }
  });

  it.each([
    {},
    { email: "nobody@example.org" },
    { email: ["a@b.c"], password: {} },
    null,
    { email: "x", password: "y" },
  ])("is what %j gets", async (credentials) => {
    const tried = { credentials, address: "form", userAgent: null };
    expect(await signIn(runtime, tried)).toEqual({ outcome: "refused" });
  });
});

describe("too many tries", () => {
  it("keep strangers waiting from the 11th on, also with the right password, unknown users alike, and name the wait", async () => {
    const known = newEmail();
    await createUser(runtime, { email: known, password: PASSWORD });
    for (const email of [known, newEmail()]) {
      const tries = await guess(email, 14);
      expect(tries.filter((outcome) => outcome === "refused")).toHaveLength(10);
      const locked = await attempt(email, PASSWORD);
      expect(locked).toMatchObject({ outcome: "too-many-attempts" });
      expect(locked.outcome === "too-many-attempts" && locked.retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
    }
  });

  it("from an address that is known stop it over all e-mails, at fifty", async () => {
    const tries = Array.from({ length: 55 }, () => attempt(newEmail(), "wrong password", { address: "203.0.113.9" }));
    expect((await outcomes(tries)).filter((outcome) => outcome === "refused")).toHaveLength(50);
  });

  it("from an address that all share shut nobody else out", async () => {
    await outcomes(Array.from({ length: 55 }, () => attempt(newEmail(), "wrong password")));
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD });
    expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "signed-in" });
  });

  it("of a stranger's own do not count after the right password, but those of others do", async () => {
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD });
    await guess(email, 6);
    for (let n = 0; n < 12; n++) expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "signed-in" });
    expect(await guess(email, 5)).toContain("too-many-attempts");
  });

  it("leave no e-mail or address in the table of counters", async () => {
    const keys = await runtime.db.rateLimit.findMany({ where: { key: { not: "audit-failures:all" } } });
    expect(keys.length).toBeGreaterThan(0);
    for (const { key } of keys) expect(key).toMatch(/^sign-in-(address|(stranger|known-device)(-wait)?):[0-9a-f]{64}$/);
  });
});

describe("a device that its user has signed in from", () => {
  const knownTo = async (email: string): Promise<Partial<Visitor>> => {
    await createUser(runtime, { email, password: PASSWORD });
    return { deviceToken: tokensOf(await attempt(email, PASSWORD)).deviceToken };
  };

  it("gets through at once with the right password, whatever strangers try from wherever", async () => {
    const email = newEmail();
    const device = { ...(await knownTo(email)), address: "198.51.100.7" };
    await guess(email, 12, { address: "198.51.100.7" });
    await outcomes(Array.from({ length: 50 }, () => attempt(newEmail(), "wrong password", device)));
    expect(await attempt(email, PASSWORD, { address: "198.51.100.7" })).toMatchObject({ outcome: "too-many-attempts" });
    expect(await attempt(email, PASSWORD, device)).toMatchObject({ outcome: "signed-in", deviceToken: null });
  });

  it("is bounded in its own tries, which the right password forgives and which slow no other device", async () => {
    const email = newEmail();
    const device = await knownTo(email);
    const other = { deviceToken: tokensOf(await attempt(email, PASSWORD)).deviceToken };
    for (let round = 0; round < 2; round++) {
      expect(await guess(email, 9, device)).not.toContain("too-many-attempts");
      expect(await attempt(email, PASSWORD, device)).toMatchObject({ outcome: "signed-in" });
    }
    expect((await guess(email, 14, device)).filter((outcome) => outcome === "refused")).toHaveLength(10);
    expect(await attempt(email, PASSWORD, device)).toMatchObject({ outcome: "too-many-attempts" });
    expect(await attempt(email, PASSWORD, other)).toMatchObject({ outcome: "signed-in" });
  });

  it("is a stranger to every other user, with a token that nobody was given, and after half a year", async () => {
    const [email, another] = [newEmail(), newEmail()];
    const device = await knownTo(email);
    await createUser(runtime, { email: another, password: PASSWORD });
    await guess(another, 12, device);
    expect(await attempt(another, PASSWORD, device)).toMatchObject({ outcome: "too-many-attempts" });
    await guess(email, 12, { deviceToken: "x".repeat(43) });
    expect(await attempt(email, PASSWORD, { deviceToken: "x".repeat(43) })).toMatchObject({
      outcome: "too-many-attempts",
    });
    const later = { ...runtime, wallNow: () => Date.now() + 181 * 86_400_000 };
    const tried = { credentials: { email, password: PASSWORD }, address: null, userAgent: null, ...device };
    expect(await signIn(later, tried)).toMatchObject({ outcome: "too-many-attempts" });
  });

  it("is stored as a hash, twenty a user, and forgotten with another password", async () => {
    const email = newEmail();
    const device = await knownTo(email);
    for (let n = 0; n < 20; n++) await attempt(email, PASSWORD);
    const rows = await runtime.db.knownDevice.findMany({ where: { user: { email } } });
    expect(rows).toHaveLength(20);
    expect(JSON.stringify(rows)).not.toContain(device.deviceToken);
    await ensureLogin(runtime, { email, password: `${PASSWORD}, another` });
    expect(await runtime.db.knownDevice.count({ where: { user: { email } } })).toBe(0);
  });
});

describe("the audit", () => {
  it("tells who signed in, who failed and who signed out, without what was typed or a whole address", async () => {
    const email = newEmail();
    const userId = await createUser(runtime, { email, password: PASSWORD });
    const from = { address: "203.0.113.44" };
    await attempt(email, "wrong password", from);
    const { token } = tokensOf(await attempt(email, PASSWORD, from));
    await revokeSession(runtime, token);
    await revokeSession(runtime, token);
    const entries = await runtime.db.auditEntry.findMany({
      where: { subject: `user:${userId}` },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["sign-in-failed", null],
      ["sign-in", userId],
      ["sign-out", userId],
    ]);
    const written = await runtime.db.$queryRaw<{ text: string }[]>`SELECT a::text AS text FROM audit_entries a`;
    const all = written.map(({ text }) => text).join("\n");
    expect(all).not.toMatch(/wrong password|horse|203\.0\.113\.44|@example/);
    expect(all).not.toContain(token);
    expect(await verifyAudit(runtime.db)).toMatchObject({ broken: null });
  });

  it("has an entry for a failure with an unknown e-mail too, which takes as long", async () => {
    const failures = () => runtime.db.auditEntry.count({ where: { action: "sign-in-failed", subject: "nobody" } });
    const before = await failures();
    await attempt(newEmail(), "wrong password");
    expect(await failures()).toBe(before + 1);
  });

  it("is not filled by made-up e-mails, and keeps failures with an account all the same", async () => {
    const email = newEmail();
    const userId = await createUser(runtime, { email, password: PASSWORD });
    const row = { points: 1000, expire: BigInt(Date.now() + 3_600_000) };
    const key = "audit-failures:all";
    await runtime.db.rateLimit.upsert({ where: { key }, create: { key, ...row }, update: row });
    const before = await runtime.db.auditEntry.count();
    for (const tried of [newEmail(), newEmail(), email]) await attempt(tried, "wrong password");
    await runtime.db.rateLimit.delete({ where: { key } });
    const after = await runtime.db.auditEntry.findMany({ orderBy: { id: "asc" }, skip: before });
    expect(after.map(({ subject }) => subject)).toEqual([`user:${userId}`]);
  });
});

describe("a new user", () => {
  it("is refused with a reason when e-mail or password will not do, or the e-mail is taken", async () => {
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD });
    await expect(createUser(runtime, { email: email.toUpperCase(), password: PASSWORD })).rejects.toThrow(/already/);
    await expect(createUser(runtime, { email: "me", password: "short" })).rejects.toThrow(
      /e-mail address.*12 characters/,
    );
  });
});
