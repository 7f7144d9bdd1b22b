import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonRow } from "~/contracts/people";
import { openDoor, type Door } from "../../../scripts/testing/open-door";
import { createBooksFixture } from "../testing/books-fixture";
import { tellBot } from "../testing/tell-bot";
import { interceptStatements } from "../testing/intercept-statements";
import { createPerson, signInAgain, type Person } from "../testing/people-fixture";
import { listInvites } from "../views/people/list-invites";
import { listPeople } from "../views/people/list-people";
import { blockUser } from "./block-user";
import { createInvite } from "./create-invite";
import { createUser } from "./create-user";
import { endUserSessions } from "./end-user-sessions";
import { findSession } from "./find-session";
import { register } from "./register";
import { revokeInvite } from "./revoke-invite";
import { sessionIdOf as hashOf } from "./session-token";
import { signIn } from "./sign-in";
import { NOBODY } from "./visitor";

const PASSWORD = "a long enough password";
const DAY_MS = 86_400_000;

let door: Door;
let now = Date.UTC(2026, 0, 1);
let adminId: string;
let admin: Person;
openDoor((opened) => (door = opened), { poolMax: 10, wallNow: () => now });
beforeAll(async () => {
  ({ userId: adminId } = await createPerson(door.runtime, "admin"));
});
beforeEach(async () => {
  admin = await signInAgain(door.runtime, adminId);
});

const lastAudit = async () => {
  const { actorId, action, subject, details } = await door.runtime.db.auditEntry.findFirstOrThrow({
    orderBy: { id: "desc" },
  });
  return { actorId, action, subject, details };
};
/** Of what the administrator did: the queue of mails writes rows of its own when it gets to them. */
const countAudits = () => door.runtime.db.auditEntry.count({ where: { actorId: adminId } });
const isOpen = async ({ token }: Person) => (await findSession(door.runtime, token)) !== null;

describe("an invitation", () => {
  const invite = () => {
    now += 1;
    return createInvite(door.runtime, { days: 1, actorId: admin.userId });
  };
  const come = (code: string) => {
    const site = { ...door.runtime.site, registration: "invite" as const };
    const email = `${door.runtime.newId()}@example.org`;
    return register({ ...door.runtime, site }, { email, password: PASSWORD, invite: code, visitor: NOBODY }).then(
      () => email,
    );
  };
  const stateOf = async (code: string) => (await listInvites(door.runtime)).find(({ id }) => id === hashOf(code));

  it("is listed with what became of it, open ones first, and never with its code", async () => {
    const [open, used, revoked] = [await invite(), await invite(), await invite()];
    expect(await lastAudit()).toMatchObject({ actorId: admin.userId, action: "invite-created", details: { days: 1 } });
    const email = await come(used.code);
    await revokeInvite(door.runtime, { actorId: admin.userId, inviteId: hashOf(revoked.code) });
    const subject = `invite:${hashOf(revoked.code).slice(0, 12)}`;
    expect(await lastAudit()).toEqual({ actorId: admin.userId, action: "invite-revoked", subject, details: {} });
    const listed = await listInvites(door.runtime);
    expect(listed.map(({ state }) => state)).toEqual(["open", "revoked", "used"]);
    expect([await stateOf(open.code), await stateOf(used.code)]).toMatchObject([{ usedBy: null }, { usedBy: email }]);
    for (const { code } of [open, used, revoked]) expect(JSON.stringify(listed)).not.toContain(code);
    now += DAY_MS;
    expect(await stateOf(open.code)).toMatchObject({ state: "expired" });
  });

  it("that was taken back lets nobody in, and one that ended cannot be taken back", async () => {
    const [revoked, used, old] = [await invite(), await invite(), await invite()];
    const revoke = (code: string) => revokeInvite(door.runtime, { actorId: admin.userId, inviteId: hashOf(code) });
    await come(used.code);
    await revoke(revoked.code);
    await expect(come(revoked.code)).rejects.toThrow(/taken back/);
    const before = await countAudits();
    await expect(revoke(revoked.code)).rejects.toMatchObject({ code: "not-found" });
    await expect(revoke(used.code)).rejects.toMatchObject({ code: "not-found" });
    now += DAY_MS;
    await expect(revoke(old.code)).rejects.toMatchObject({ code: "not-found" });
    expect(await countAudits()).toBe(before);
  });

  it("is used or taken back, and never both, where both are tried at once", async () => {
    for (let n = 0; n < 5; n++) {
      const { code } = await invite();
      const tries = await Promise.allSettled([
        come(code),
        revokeInvite(door.runtime, { actorId: admin.userId, inviteId: hashOf(code) }),
      ]);
      expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });
});

describe("a user", () => {
  const block = (userId: string, isBlocked: boolean) =>
    blockUser(door.runtime, { actorId: admin.userId, userId, isBlocked });
  const make = async () => {
    const email = `${door.runtime.newId()}@example.org`;
    const userId = await createUser(door.runtime, { email, password: PASSWORD });
    const enter = async () =>
      (await signIn(door.runtime, { credentials: { email, password: PASSWORD }, ...NOBODY })).outcome;
    return { userId, enter, session: await signInAgain(door.runtime, userId) };
  };

  it("who is blocked is out at once and cannot come back, until that is taken back", async () => {
    const { userId, enter, session } = await make();
    await block(userId, true);
    const audited = { actorId: admin.userId, action: "user-blocked", subject: `user:${userId}`, details: {} };
    expect(await lastAudit()).toEqual(audited);
    expect([await isOpen(session), await enter()]).toEqual([false, "refused"]);
    await block(userId, false);
    expect(await lastAudit()).toEqual({ ...audited, action: "user-unblocked" });
    expect([await isOpen(session), await enter()]).toEqual([false, "signed-in"]);
  });

  it("who is blocked while the password is looked at comes not in", async () => {
    const { userId } = await make();
    const { email } = await door.runtime.db.user.findUniqueOrThrow({ where: { id: userId } });
    const db = interceptStatements(door.runtime.db, async (text, run) => {
      if (text.includes("SELECT 1 AS one FROM users")) await block(userId, true);
      return run();
    });
    const tried = await signIn({ ...door.runtime, db }, { credentials: { email, password: PASSWORD }, ...NOBODY });
    expect(tried.outcome).toBe("refused");
    expect(await door.runtime.db.session.count({ where: { userId, revokedAt: null } })).toBe(0);
  });

  it("is blocked once by a second click, and an administrator not at all", async () => {
    const { userId } = await make();
    await block(userId, true);
    const before = await countAudits();
    await block(userId, true);
    const other = await createPerson(door.runtime, "admin");
    for (const { userId: id } of [admin, other]) {
      await expect(block(id, true)).rejects.toMatchObject({ code: "conflict" });
    }
    await expect(block(door.runtime.newId(), true)).rejects.toMatchObject({ code: "not-found" });
    expect(await countAudits()).toBe(before);
    expect([await isOpen(admin), await isOpen(other)]).toEqual([true, true]);
    const { userId: next } = await make();
    await Promise.all(Array.from({ length: 6 }, () => block(next, true)));
    expect(await countAudits()).toBe(before + 1);
  });

  it("is signed out everywhere by an administrator, who stays signed in where one ends one's own", async () => {
    const { userId, session } = await make();
    const other = await signInAgain(door.runtime, userId);
    expect(await endUserSessions(door.runtime, { asker: admin, userId })).toBe(2);
    const details = { sessions: 2 };
    const audited = { actorId: admin.userId, action: "session-revoked", subject: `user:${userId}`, details };
    expect(await lastAudit()).toEqual(audited);
    expect([await isOpen(session), await isOpen(other), await isOpen(admin)]).toEqual([false, false, true]);
    await endUserSessions(door.runtime, { asker: admin, userId: adminId });
    const second = await signInAgain(door.runtime, adminId);
    expect(await endUserSessions(door.runtime, { asker: admin, userId: admin.userId })).toBe(1);
    expect([await isOpen(admin), await isOpen(second)]).toEqual([true, false]);
    const nobody = endUserSessions(door.runtime, { asker: admin, userId: door.runtime.newId() });
    await expect(nobody).rejects.toMatchObject({ code: "not-found" });
  });
});

it("a user's bots are counted that are not archived", async () => {
  const fixture = await createBooksFixture(door.runtime);
  await fixture.addBot();
  const { email } = await door.runtime.db.user.findUniqueOrThrow({ where: { id: fixture.userId } });
  const count = async () => (await listPeople(door.runtime, { text: email, limit: 2 })).items.map(({ bots }) => bots);
  expect(await count()).toEqual([2]);
  for (const kind of ["stop", "archive"] as const) await tellBot(fixture, { kind });
  expect(await count()).toEqual([1]);
});

it("users are listed by pages without a gap or one twice, the newest first, with what is there of each", async () => {
  const made: string[] = [];
  for (let n = 0; n < 5; n++) {
    now += n % 2;
    const id = door.runtime.newId();
    await door.runtime.db.user.create({ data: { id, email: `${id}@example.org`, createdAt: new Date(now) } });
    made.push(id);
  }
  const [first = ""] = made;
  await signInAgain(door.runtime, first);
  const seenAt = now;
  now += 13 * 3_600_000;
  const session = await signInAgain(door.runtime, first);
  await blockUser(door.runtime, { actorId: admin.userId, userId: made[1] ?? "", isBlocked: true });
  const listed: PersonRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await listPeople(door.runtime, { cursor, limit: 2 });
    expect(page.items.length).toBeLessThanOrEqual(2);
    listed.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const ids = listed.map(({ id }) => id);
  expect(new Set(ids).size).toBe(await door.runtime.db.user.count());
  expect(ids).toHaveLength(new Set(ids).size);
  const times = listed.map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  const rowOf = (id: string | undefined) => listed.find((row) => row.id === id);
  // A session that nobody used for so long is over, but was seen.
  expect(rowOf(first)).toMatchObject({ sessions: 1, bots: 0, lastSeenAt: new Date(now), blockedAt: null });
  expect(seenAt).toBeLessThan(now);
  expect(rowOf(made[1])).toMatchObject({ sessions: 0, lastSeenAt: null, blockedAt: new Date(now) });
  expect(JSON.stringify(listed)).not.toMatch(/hash|\$argon2/);
  expect(session.userId).toBe(first);
  const found = async (text: string) => (await listPeople(door.runtime, { text, limit: 50 })).items.map(({ id }) => id);
  expect(await found(first.slice(4).toUpperCase())).toEqual([first]);
  expect([await found("%"), await found("nobody has this")]).toEqual([[], []]);
  expect(await found("@example.org")).toEqual(ids);
  await expect(listPeople(door.runtime, { cursor: "W10", limit: 2 })).rejects.toMatchObject({ code: "invalid" });
});
