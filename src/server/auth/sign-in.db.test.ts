import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createRuntime, type Runtime } from "../runtime";
import { createUser } from "./create-user";
import { findSession } from "./find-session";
import { signIn, type SignInOutcome } from "./sign-in";

const PASSWORD = "correct horse 🐎 battery staple";

let database: TestDatabase;
let runtime: Runtime;
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 10 });
});
afterAll(async () => {
  await runtime.close();
  await database.drop();
});

let people = 0;
const newEmail = (): string => `trader${(people += 1)}@example.org`;
const attempt = (email: string, password: string, address = email): Promise<SignInOutcome> =>
  signIn(runtime, { credentials: { email, password }, address, userAgent: "test" });
const outcomes = async (tries: Promise<SignInOutcome>[]): Promise<string[]> =>
  (await Promise.all(tries)).map(({ outcome }) => outcome);

describe("the right password", () => {
  it("opens a session of its own each time, whose token is stored nowhere", async () => {
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD, role: "admin" });
    const [first, second] = [await attempt(email, PASSWORD), await attempt(` ${email.toUpperCase()} `, PASSWORD)];
    if (first.outcome !== "signed-in" || second.outcome !== "signed-in") throw new Error("not signed in");
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

describe("a refusal", () => {
  it("is the same for a wrong password, an unknown user, an archived one and one without a password", async () => {
    const [wrong, archived, none] = [newEmail(), newEmail(), newEmail()];
    await createUser(runtime, { email: wrong, password: PASSWORD });
    const id = await createUser(runtime, { email: archived, password: PASSWORD });
    await runtime.db.user.update({ where: { id }, data: { archivedAt: new Date() } });
    await runtime.db.user.create({ data: { id: runtime.newId(), email: none } });
    for (const email of [wrong, newEmail(), archived, none]) {
      expect(await attempt(email, email === archived ? PASSWORD : "wrong password")).toEqual({ outcome: "refused" });
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
  it("lock an e-mail from the 11th on, also for the right password, unknown users alike, and name the wait", async () => {
    const known = newEmail();
    await createUser(runtime, { email: known, password: PASSWORD });
    for (const email of [known, newEmail()]) {
      const tries = await outcomes(
        Array.from({ length: 14 }, (_, n) => attempt(email, "wrong password", `${email}${n}`)),
      );
      expect(tries.filter((outcome) => outcome === "refused")).toHaveLength(10);
      const locked = await attempt(email, PASSWORD);
      expect(locked).toMatchObject({ outcome: "too-many-attempts" });
      expect(locked.outcome === "too-many-attempts" && locked.retryAfterSeconds).toBeGreaterThan(800);
    }
  });

  it("lock an address over all e-mails, at fifty", async () => {
    const tries = Array.from({ length: 55 }, () => attempt(newEmail(), "wrong password", "one address"));
    expect((await outcomes(tries)).filter((outcome) => outcome === "refused")).toHaveLength(50);
  });

  it("are forgotten after the right password", async () => {
    const email = newEmail();
    await createUser(runtime, { email, password: PASSWORD });
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 7; n++) await attempt(email, "wrong password");
      expect(await attempt(email, PASSWORD)).toMatchObject({ outcome: "signed-in" });
    }
  });

  it("leave no e-mail or address in the table of counters", async () => {
    const keys = await runtime.db.rateLimit.findMany({ select: { key: true } });
    expect(keys.length).toBeGreaterThan(0);
    for (const { key } of keys) expect(key).toMatch(/^sign-in-(email|address):[0-9a-f]{64}$/);
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
