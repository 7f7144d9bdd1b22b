import { describe, expect, it, vi } from "vitest";
import { openDoor, type Door } from "../../../scripts/testing/open-door";
import { verifyAudit } from "../audit/verify-audit";
import type { Ports } from "../ports";
import { createInvite } from "./create-invite";
import { createUser } from "./create-user";
import { register, type Registration } from "./register";
import { signIn } from "./sign-in";
import { NOBODY } from "./visitor";

const PASSWORD = "correct horse 🐎 battery staple";

let door: Door;
openDoor((opened) => (door = opened), { poolMax: 10 });

let people = 0;
const newEmail = (): string => `person${(people += 1)}@example.org`;
const come = (fields: Partial<Registration>, site: Partial<Ports["site"]> = {}): Promise<void> => {
  const { runtime } = door;
  const ports = { ...runtime, site: { ...runtime.site, ...site } };
  return register(ports, { email: newEmail(), password: PASSWORD, visitor: NOBODY, ...fields });
};
const enter = (email: string, password = PASSWORD) =>
  signIn(door.runtime, { credentials: { email, password }, ...NOBODY });
const userOf = (email: string) => door.runtime.db.user.findUnique({ where: { email } });
const entriesOf = (userId: string | undefined) =>
  door.runtime.db.auditEntry.findMany({ where: { subject: `user:${userId}` }, orderBy: { id: "asc" } });

describe("registering", () => {
  it("makes a trader who can sign in, whose address is not confirmed, and says so in the audit without more", async () => {
    const email = newEmail();
    await come({ email, visitor: { address: "203.0.113.77", userAgent: "curl/8" } });
    const user = await userOf(email);
    expect(user).toMatchObject({ role: "trader", emailVerifiedAt: null, archivedAt: null });
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(await enter(email)).toMatchObject({ outcome: "signed-in" });
    expect((await door.mailbox.read(email)).map(({ subject }) => subject)).toEqual(["Confirm your e-mail for 0xBot"]);
    const entries = await entriesOf(user?.id);
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["registered", user?.id],
      ["verification-mailed", user?.id],
      ["sign-in", user?.id],
    ]);
    expect(entries[0]?.details).toEqual({ network: "203.0.113.0/24", browser: "A program" });
    expect(JSON.stringify(entries.map(({ details }) => details))).not.toMatch(/horse|203\.0\.113\.77|@/);
  });

  it("makes nobody but a trader, whatever else is sent", async () => {
    const email = newEmail();
    await come({ email, role: "admin" } as Partial<Registration>);
    expect(await userOf(email)).toMatchObject({ role: "trader" });
  });

  it("with an address that has an account changes nothing of it, answers alike, and tells its mailbox", async () => {
    const email = newEmail();
    await createUser(door.runtime, { email, password: PASSWORD, role: "admin" });
    const before = await userOf(email);
    expect(await come({ email, password: "another long password" })).toBe(await come({}));
    expect(await userOf(email)).toEqual(before);
    expect(await enter(email, "another long password")).toEqual({ outcome: "refused" });
    const [mail, ...others] = await door.mailbox.read(email);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe("You have an account at 0xBot");
    expect(mail?.text).toContain("https://bots.example.org/forgot");
    expect((await entriesOf(before?.id))[0]).toMatchObject({ action: "registered-again", actorId: null });
  });

  it("by many at once with one address makes one account, whose password is one of theirs", async () => {
    const email = newEmail();
    const passwords = ["first of three words", "second of three words", "third of three words"];
    await Promise.all(passwords.map((password) => come({ email, password })));
    expect(await door.runtime.db.user.count({ where: { email } })).toBe(1);
    const entered = await Promise.all(passwords.map((password) => enter(email, password)));
    expect(entered.filter(({ outcome }) => outcome === "signed-in")).toHaveLength(1);
    expect(await verifyAudit(door.runtime.db)).toMatchObject({ broken: null });
  });

  it.each([
    ["password1234", /too easy to guess/],
    ["0xbot-0xbot-0xbot", /product's name/],
  ])("with %s is refused, also for an address that has an account", async (password, says) => {
    const known = newEmail();
    await createUser(door.runtime, { email: known, password: PASSWORD });
    for (const email of [known, newEmail()]) await expect(come({ email, password })).rejects.toThrow(says);
  });

  it("with passwords that will not do, however many, uses up no try", async () => {
    const [email, visitor] = [newEmail(), { address: "203.0.113.9", userAgent: null }];
    for (let n = 0; n < 25; n++) {
      await expect(come({ email, visitor, password: "password1234" })).rejects.toThrow(/too easy/);
    }
    await come({ email, visitor });
    expect(await userOf(email)).not.toBeNull();
  });

  it("is counted per address of mail, known or not, and per address of the network", async () => {
    const known = newEmail();
    await createUser(door.runtime, { email: known, password: PASSWORD });
    for (const email of [known, newEmail()]) {
      for (let n = 0; n < 3; n++) await come({ email });
      await expect(come({ email })).rejects.toMatchObject({ code: "too-many" });
    }
    const visitor = { address: "203.0.113.5", userAgent: null };
    for (let n = 0; n < 20; n++) await come({ visitor });
    await expect(come({ visitor })).rejects.toMatchObject({ code: "too-many" });
    await come({});
    const row = { points: 200, expire: BigInt(Date.now() + 3_600_000) };
    await door.runtime.db.rateLimit.update({ where: { key: "register-unknown:all" }, data: row });
    await expect(come({})).rejects.toMatchObject({ code: "too-many" });
    await come({ visitor: { address: "203.0.113.6", userAgent: null } });
    await door.runtime.db.rateLimit.delete({ where: { key: "register-unknown:all" } });
  });
});

/** Registering with a counted hashing of passwords: modules are loaded once for all files of a worker. */
const loadCounted = async () => {
  vi.resetModules();
  vi.doMock("@node-rs/argon2", { spy: true });
  const { hash } = await import("@node-rs/argon2");
  const counted = await import("./register");
  vi.doUnmock("@node-rs/argon2");
  return { hash: vi.mocked(hash), register: counted.register };
};

it("the work of one hash is done for an address that has an account, too", async () => {
  const known = newEmail();
  await createUser(door.runtime, { email: known, password: PASSWORD });
  const counted = await loadCounted();
  for (const email of [known, newEmail()]) {
    counted.hash.mockClear();
    await counted.register(door.runtime, { email, password: PASSWORD, visitor: NOBODY });
    expect(counted.hash).toHaveBeenCalledTimes(1);
  }
});

describe("where registration is", () => {
  it("closed, nobody comes in, with an invitation or without", async () => {
    const [email, { code }] = [newEmail(), await createInvite(door.runtime, { days: 1, actorId: null })];
    await expect(come({ email, invite: code }, { registration: "closed" })).rejects.toThrow(/Nobody can register/);
    expect(await userOf(email)).toBeNull();
  });

  it("by invitation, each lets one in, once, and is stored as a hash", async () => {
    const site = { registration: "invite" } as const;
    const { code } = await createInvite(door.runtime, { days: 1, actorId: null });
    expect(Buffer.from(code, "base64url")).toHaveLength(16);
    const email = newEmail();
    await come({ email, invite: ` ${code} ` }, site);
    const invite = await door.runtime.db.invite.findFirstOrThrow({
      where: { usedById: (await userOf(email))?.id ?? "" },
    });
    expect(JSON.stringify(invite)).not.toContain(code);
    await expect(come({ invite: code }, site)).rejects.toThrow(/was used/);
    for (const none of [undefined, "", "x".repeat(22)]) {
      await expect(come({ invite: none }, site)).rejects.toThrow(/not known/);
    }
  });

  it("by invitation, of many who use one at once exactly one comes in", async () => {
    const { code } = await createInvite(door.runtime, { days: 1, actorId: null });
    const emails = Array.from({ length: 6 }, newEmail);
    const tries = emails.map((email) => come({ email, invite: code }, { registration: "invite" }).then(String, String));
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === "undefined")).toHaveLength(1);
    expect(await door.runtime.db.user.count({ where: { email: { in: emails } } })).toBe(1);
  });

  it("by invitation, one is used up also by an address that has an account, so that it cannot ask on", async () => {
    const known = newEmail();
    await createUser(door.runtime, { email: known, password: PASSWORD });
    const { code } = await createInvite(door.runtime, { days: 1, actorId: null });
    await come({ email: known, invite: code }, { registration: "invite" });
    await expect(come({ invite: code }, { registration: "invite" })).rejects.toThrow(/was used/);
  });

  it("by invitation, one that is too old lets nobody in, and none lasts for ever", async () => {
    const { runtime } = door;
    const { code, expiresAt } = await createInvite(runtime, { days: 7, actorId: null });
    const late = { ...runtime, site: { ...runtime.site, registration: "invite" as const }, wallNow: () => +expiresAt };
    const asked = { email: newEmail(), password: PASSWORD, invite: code, visitor: NOBODY };
    await expect(register(late, asked)).rejects.toThrow(/too old/);
    for (const days of [0, 91, 1.5, Number.NaN]) {
      await expect(createInvite(runtime, { days, actorId: null })).rejects.toThrow(/1 to 90 whole days/);
    }
  });
});
