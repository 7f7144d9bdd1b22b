import { beforeEach, describe, expect, it } from "vitest";
import { openDoor, type Door } from "../../../scripts/testing/open-door";
import { interceptStatements } from "../testing/intercept-statements";
import { signInAgain, type Person } from "../testing/people-fixture";
import { changePassword } from "./change-password";
import { confirmPassword } from "./confirm-password";
import { createUser } from "./create-user";
import { endSession } from "./end-session";
import { findSession } from "./find-session";
import { signIn } from "./sign-in";
import { NOBODY } from "./visitor";

const PASSWORD = "a long enough password";
const HOUR_MS = 3_600_000;

let door: Door;
let now = Date.UTC(2026, 0, 1);
openDoor((opened) => (door = opened), { poolMax: 10, wallNow: () => now });

let people = 0;
let session: Person;
beforeEach(async () => {
  const email = `careful${(people += 1)}@example.org`;
  session = await signInAgain(door.runtime, await createUser(door.runtime, { email, password: PASSWORD }));
  now += HOUR_MS;
});

const confirm = (password = PASSWORD, by: Person = session) =>
  confirmPassword(door.runtime, { session: by, password, visitor: NOBODY });
const confirmedAt = async (token = session.token) => (await findSession(door.runtime, token))?.confirmedAt?.getTime();
const actions = async () =>
  (
    await door.runtime.db.auditEntry.findMany({ where: { subject: `user:${session.userId}` }, orderBy: { id: "asc" } })
  ).map(({ action, actorId }) => [action, actorId]);

describe("confirming who one is", () => {
  it("is noted on this session alone, with its time, and in the audit with who did it", async () => {
    const other = await signInAgain(door.runtime, session.userId);
    const begun = await confirmedAt(other.token);
    expect(await confirmedAt()).toBe(now - HOUR_MS);
    now += 1000;
    await confirm();
    expect([await confirmedAt(), await confirmedAt(other.token)]).toEqual([now, begun]);
    expect((await actions()).at(-1)).toEqual(["password-confirmed", session.userId]);
    const { details } = await door.runtime.db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(details).toEqual({ network: null, browser: "Unknown browser" });
  });

  it("comes with a sign-in, whose password was just given", async () => {
    const outcome = await signIn(door.runtime, {
      credentials: { email: session.email, password: PASSWORD },
      ...NOBODY,
    });
    if (outcome.outcome !== "signed-in") throw new Error("it was refused");
    expect(await confirmedAt(outcome.token)).toBe(now);
  });

  it("with a wrong password changes nothing and is audited, and guesses end as those of a sign-in do", async () => {
    for (let n = 0; n < 10; n++) {
      await expect(confirm("a wrong password")).rejects.toMatchObject({
        code: "invalid",
        fields: [{ path: "password", message: "is not right" }],
      });
    }
    expect(await confirmedAt()).toBe(now - HOUR_MS);
    await expect(confirm()).rejects.toMatchObject({ code: "too-many", retryAfterSeconds: 30 });
    expect((await actions()).slice(-10)).toEqual(Array.from({ length: 10 }, () => ["confirmation-failed", null]));
  });

  it("gives who has taken the session no more guesses, however often its owner confirms", async () => {
    for (let n = 0; n < 8; n++) {
      await expect(confirm("a wrong password")).rejects.toThrow("is not right");
      await confirm();
    }
    for (let n = 0; n < 2; n++) await expect(confirm("a wrong password")).rejects.toThrow("is not right");
    await expect(confirm("a wrong password")).rejects.toMatchObject({ code: "too-many" });
  });

  it("counts for nothing by a password that was changed while it was looked at", async () => {
    const other = await signInAgain(door.runtime, session.userId);
    const db = interceptStatements(door.runtime.db, async (text, run) => {
      if (text.includes("SELECT 1 AS one FROM users")) {
        const next = "quite another long one";
        await changePassword(door.runtime, { session: other, current: PASSWORD, next, visitor: NOBODY });
      }
      return run();
    });
    const late = confirmPassword({ ...door.runtime, db }, { session, password: PASSWORD, visitor: NOBODY });
    await expect(late).rejects.toThrow("is not right");
    expect((await actions()).map(([action]) => action)).not.toContain("password-confirmed");
  });

  it("is not hindered by guesses in another session, which somebody may have taken", async () => {
    const taken = await signInAgain(door.runtime, session.userId);
    for (let n = 0; n < 10; n++) await expect(confirm("a guess", taken)).rejects.toThrow("is not right");
    await expect(confirm("a guess", taken)).rejects.toMatchObject({ code: "too-many" });
    await confirm();
    expect(await confirmedAt()).toBe(now);
  });

  it("does not revive a session that has ended, or that nobody used for too long", async () => {
    await endSession(door.runtime, { userId: session.userId, sessionId: session.sessionId });
    await expect(confirm()).rejects.toMatchObject({ code: "conflict" });
    expect(await confirmedAt()).toBeUndefined();
    session = await signInAgain(door.runtime, session.userId);
    now += 13 * HOUR_MS;
    await expect(confirm()).rejects.toMatchObject({ code: "conflict" });
  });
});
