import { beforeEach, describe, expect, it } from "vitest";
import { openDoor, type Door } from "../../../scripts/testing/open-door";
import { createPerson, signInAgain, type Person } from "../testing/people-fixture";
import { changePassword } from "./change-password";
import { createUser } from "./create-user";
import { endOtherSessions, endSession } from "./end-session";
import { findSession } from "./find-session";
import { rememberDevice } from "./known-device";
import { requestReset } from "./request-reset";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { NOBODY } from "./visitor";

const PASSWORD = "a long enough password";
const NEXT = "quite another long one";

let door: Door;
const now = Date.UTC(2026, 0, 1);
openDoor((opened) => (door = opened), { poolMax: 10, wallNow: () => now });

let people = 0;
let session: Person;
beforeEach(async () => {
  const email = `owner${(people += 1)}@example.org`;
  const id = await createUser(door.runtime, { email, password: PASSWORD });
  session = await signInAgain(door.runtime, id);
});

const change = async (current = PASSWORD, next = NEXT, by: Person = session) =>
  (await changePassword(door.runtime, { session: by, current, next, visitor: NOBODY })).ended;
const enter = (password: string) =>
  signIn(door.runtime, { credentials: { email: session.email, password }, ...NOBODY });
const isOpen = async ({ token }: Pick<Person, "token">) => (await findSession(door.runtime, token)) !== null;
const actions = async () =>
  (
    await door.runtime.db.auditEntry.findMany({ where: { subject: `user:${session.userId}` }, orderBy: { id: "asc" } })
  ).map(({ action, details }) => [action, details]);

describe("changing the password", () => {
  it("makes this device known, which gets in while somebody guesses, and no other", async () => {
    const { email, userId } = session;
    const old = await rememberDevice(door.runtime, userId);
    const changed = { session, current: PASSWORD, next: NEXT, visitor: NOBODY };
    const { deviceToken } = await changePassword(door.runtime, changed);
    for (let n = 0; n < 12; n++) await enter("a wrong password");
    const enterFrom = async (token: string | null) =>
      (await signIn(door.runtime, { credentials: { email, password: NEXT }, ...NOBODY, deviceToken: token })).outcome;
    const outcomes = [await enterFrom(null), await enterFrom(old), await enterFrom(deviceToken)];
    expect(outcomes).toEqual(["too-many-attempts", "too-many-attempts", "signed-in"]);
  });

  it("ends all other sessions, says how many, and goes on in this one", async () => {
    const others = [await signInAgain(door.runtime, session.userId), await signInAgain(door.runtime, session.userId)];
    const stranger = await createPerson(door.runtime);
    expect(await change()).toBe(2);
    expect(await Promise.all(others.map(isOpen))).toEqual([false, false]);
    expect([await isOpen(session), await isOpen(stranger)]).toEqual([true, true]);
    expect([(await enter(PASSWORD)).outcome, (await enter(NEXT)).outcome]).toEqual(["refused", "signed-in"]);
    expect((await actions())[0]).toEqual(["password-changed", { network: null, browser: "Unknown browser", ended: 2 }]);
    expect((await door.mailbox.read(session.email)).at(-1)?.subject).toMatch(/was changed/);
  });

  it("needs the current one, and guessing it is counted and audited", async () => {
    for (let n = 0; n < 5; n++) await expect(change("wrong password")).rejects.toThrow(/current password is not right/);
    await expect(change()).rejects.toMatchObject({ code: "too-many" });
    expect((await actions()).map(([action]) => action)).toEqual(Array<string>(5).fill("password-change-failed"));
    expect((await enter(PASSWORD)).outcome).toBe("signed-in");
  });

  it("is not hindered by guesses in a session that somebody took", async () => {
    const taken = await signInAgain(door.runtime, session.userId);
    for (let n = 0; n < 5; n++) await expect(change("a guess", NEXT, taken)).rejects.toThrow(/not right/);
    await expect(change("a guess", NEXT, taken)).rejects.toMatchObject({ code: "too-many" });
    expect(await change()).toBe(1);
  });

  it("is not hindered by one's own tries before the right one", async () => {
    for (let n = 0; n < 4; n++) await change("wrong password").catch(() => undefined);
    await change();
    for (let n = 0; n < 4; n++) await change("wrong password").catch(() => undefined);
    expect(await change(NEXT, PASSWORD)).toBe(0);
  });

  it("to one that is common or made of the address is refused and changes nothing", async () => {
    await expect(change(PASSWORD, "password1234")).rejects.toThrow(/too easy/);
    await expect(change(PASSWORD, session.email)).rejects.toThrow(/your e-mail/);
    expect((await enter(PASSWORD)).outcome).toBe("signed-in");
  });

  it("twice at once does so once", async () => {
    const other = await signInAgain(door.runtime, session.userId);
    const answers = await Promise.all([
      change(PASSWORD, "the first of two new ones").then(String, String),
      change(PASSWORD, "the second of two new ones", other).then(String, String),
    ]);
    expect(answers.filter((answer) => /not right/.test(answer))).toHaveLength(1);
    expect([await isOpen(session), await isOpen(other)].filter(Boolean)).toHaveLength(1);
  });

  it("ends links that were mailed before, and devices that were known but this one", async () => {
    await requestReset(door.runtime, { email: session.email, visitor: NOBODY });
    const token = await door.mailbox.tokenFor(session.email, "/reset");
    await enter(PASSWORD);
    await change();
    await expect(resetPassword(door.runtime, { token, password: NEXT, visitor: NOBODY })).rejects.toThrow(/used/);
    expect(await door.runtime.db.knownDevice.count({ where: { userId: session.userId } })).toBe(1);
  });

  it("while somebody signs in with the old one leaves no session open that it opened", async () => {
    const [, ...outcomes] = await Promise.all([change(), ...Array.from({ length: 6 }, () => enter(PASSWORD))]);
    const entered = outcomes.flatMap((each) => (each.outcome === "signed-in" ? [each] : []));
    expect(await Promise.all(entered.map(isOpen))).toEqual(entered.map(() => false));
  });
});

describe("the sessions of a user", () => {
  it("end one at a time, or all others, and each is audited", async () => {
    const { runtime } = door;
    const [one, two, three] = [
      await signInAgain(runtime, session.userId),
      await signInAgain(runtime, session.userId),
      await signInAgain(runtime, session.userId),
    ];
    await endSession(runtime, { userId: session.userId, sessionId: one.sessionId });
    expect([await isOpen(one), await isOpen(two), await isOpen(three)]).toEqual([false, true, true]);
    expect(await endOtherSessions(runtime, session)).toBe(2);
    expect([await isOpen(two), await isOpen(three), await isOpen(session)]).toEqual([false, false, true]);
    expect(await actions()).toEqual([
      ["session-revoked", { sessions: 1 }],
      ["session-revoked", { sessions: 2 }],
    ]);
  });

  it("of somebody else cannot be ended: they are as absent as those that never were", async () => {
    const stranger = await createPerson(door.runtime);
    for (const sessionId of [stranger.sessionId, "0".repeat(64)]) {
      await expect(endSession(door.runtime, { userId: session.userId, sessionId })).rejects.toMatchObject({
        code: "not-found",
      });
    }
    expect(await isOpen(stranger)).toBe(true);
    expect(await actions()).toEqual([]);
  });
});
