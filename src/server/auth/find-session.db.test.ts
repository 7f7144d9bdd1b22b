import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createPerson, signInAgain } from "../testing/people-fixture";
import { findSession, isSessionCurrent } from "./find-session";
import { findKnownDevice, keepDevice, rememberDevice } from "./known-device";
import { openSession } from "./open-session";
import { revokeSession } from "./revoke-session";
import { sessionIdOf } from "./session-token";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 1);

let runtime: Runtime;
let now = START;
openBed((bed) => ({ runtime } = bed), { poolMax: 3, wallNow: () => now });

describe("a session", () => {
  it("is over at once when it is revoked, and the user's others are not", async () => {
    const person = await createPerson(runtime);
    const other = await signInAgain(runtime, person.userId);
    await revokeSession(runtime, person.token);
    expect(await findSession(runtime, person.token)).toBeNull();
    expect(await isSessionCurrent(runtime, person.sessionId)).toBe(false);
    expect(await findSession(runtime, other.token)).toMatchObject({ userId: person.userId });
  });

  it("ends after twelve hours without use, which asking in the background is not", async () => {
    const person = await createPerson(runtime);
    const begun = now;
    now = begun + 11 * HOUR_MS;
    expect(await isSessionCurrent(runtime, person.sessionId)).toBe(true);
    now = begun + 13 * HOUR_MS;
    expect(await findSession(runtime, person.token)).toBeNull();
  });

  it("lives on while it is used, and ends after seven days all the same", async () => {
    const person = await createPerson(runtime);
    const begun = now;
    for (let hours = 11; hours < 7 * 24; hours += 11) {
      now = begun + hours * HOUR_MS;
      expect(await findSession(runtime, person.token), `after ${hours} hours`).not.toBeNull();
    }
    now = begun + 7 * 24 * HOUR_MS;
    expect(await findSession(runtime, person.token)).toBeNull();
  });

  it("that was used a few minutes in lives on for twelve hours from then", async () => {
    const person = await createPerson(runtime);
    const begun = now;
    for (const at of [begun + HOUR_MS / 6, begun + 12 * HOUR_MS + 1]) {
      now = at;
      expect(await findSession(runtime, person.token)).not.toBeNull();
    }
  });

  it("keeps of a browser's name what the table holds, however long it is", async () => {
    const { userId } = await createPerson(runtime);
    const token = await openSession(runtime, { userId, userAgent: "🐎".repeat(1000) });
    const row = await runtime.db.session.findUniqueOrThrow({ where: { id: sessionIdOf(token) } });
    expect(row.userAgent).toBe("🐎".repeat(256));
  });

  it("has the role that the database has now, and nothing when its user is archived", async () => {
    const person = await createPerson(runtime, "admin");
    const change = (data: object) => runtime.db.user.update({ where: { id: person.userId }, data });
    await change({ role: "trader" });
    expect(await findSession(runtime, person.token)).toMatchObject({ role: "trader" });
    await change({ archivedAt: new Date(now) });
    expect(await findSession(runtime, person.token)).toBeNull();
  });

  it("of a user who was archived is not revived when that is taken back, and a device is not known any more", async () => {
    const person = await createPerson(runtime);
    const device = await rememberDevice(runtime, person.userId);
    const archive = (archivedAt: Date | null) =>
      runtime.db.user.update({ where: { id: person.userId }, data: { archivedAt } });
    await archive(new Date(now));
    const late = await openSession(runtime, { userId: person.userId, userAgent: null });
    expect(await findSession(runtime, late)).toBeNull();
    await archive(null);
    expect(await findSession(runtime, person.token)).toBeNull();
    expect(await isSessionCurrent(runtime, person.sessionId)).toBe(false);
    // Opened by a sign-in that had begun before.
    expect(await findSession(runtime, late)).toBeNull();
    expect(await findKnownDevice(runtime, { email: person.email, token: device })).toBeNull();
    expect(await signInAgain(runtime, person.userId)).toMatchObject({ userId: person.userId });
    await runtime.db.user.update({ where: { id: person.userId }, data: { role: "admin" } });
    expect(await runtime.db.session.count({ where: { userId: person.userId, revokedAt: null } })).toBe(1);
  });

  it("is not found by its stored id: only the token opens it", async () => {
    const person = await createPerson(runtime);
    expect(await findSession(runtime, person.sessionId)).toBeNull();
  });
});

describe("a device", () => {
  const DAY_MS = 24 * HOUR_MS;

  it("is known for half a year after its last sign-in, not its first", async () => {
    const { userId, email } = await createPerson(runtime);
    const token = await rememberDevice(runtime, userId);
    const find = () => findKnownDevice(runtime, { email, token });
    for (let n = 0; n < 2; n++) {
      now += 170 * DAY_MS;
      const device = await find();
      if (!device) throw new Error("the device is not known");
      await keepDevice(runtime, device);
    }
    now += 181 * DAY_MS;
    expect(await find()).toBeNull();
  });

  it("that is one too many is forgotten, the one not used for longest", async () => {
    const { userId, email } = await createPerson(runtime);
    const tokens: string[] = [];
    for (let n = 0; n < 22; n++) {
      tokens.push(await rememberDevice(runtime, userId));
      now += HOUR_MS;
    }
    const found = await Promise.all(tokens.map((token) => findKnownDevice(runtime, { email, token })));
    expect(found.map((device) => device !== null)).toEqual(tokens.map((_, index) => index >= 2));
  });
});
