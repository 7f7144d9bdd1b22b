import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { endSession } from "../../auth/end-session";
import { openSession } from "../../auth/open-session";
import type { Runtime } from "../../runtime";
import { createPerson, signInAgain, type Person } from "../../testing/people-fixture";
import { listSessions } from "./list-sessions";

const HOUR_MS = 3_600_000;
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

let runtime: Runtime;
let now = Date.UTC(2026, 0, 1);
openBed((bed) => ({ runtime } = bed), { wallNow: () => now });

let session: Person;
beforeEach(async () => {
  session = await createPerson(runtime);
});

it("sessions are listed with their browsers, this one first, without those that ended", async () => {
  now += HOUR_MS;
  const token = await openSession(runtime, { userId: session.userId, userAgent: FIREFOX });
  await endSession(runtime, await signInAgain(runtime, session.userId));
  await createPerson(runtime);
  const page = await listSessions(runtime, session, { limit: 20 });
  const [used, earlier] = [new Date(now), new Date(now - HOUR_MS)];
  const own = { id: session.sessionId, browser: "Unknown browser", createdAt: earlier, lastSeenAt: earlier };
  expect(page).toEqual({
    items: [
      { ...own, isThis: true },
      {
        id: expect.any(String) as string,
        browser: "Firefox on Linux",
        createdAt: used,
        lastSeenAt: used,
        isThis: false,
      },
    ],
    nextCursor: null,
    previousCursor: null,
  });
  expect(JSON.stringify(page)).not.toContain(token);
  now += 11.5 * HOUR_MS;
  const later = await listSessions(runtime, session, { limit: 20 });
  expect(later.items.map(({ browser }) => browser)).toEqual(["Firefox on Linux"]);
});

it("many sessions come in pages, each once, also those last used at one instant, and the same on the way back", async () => {
  const others = await Promise.all(Array.from({ length: 7 }, () => signInAgain(runtime, session.userId)));
  now += HOUR_MS;
  for (let n = 0; n < 3; n += 1) others.push(await signInAgain(runtime, session.userId));
  const read = (cursor: string | null) => listSessions(runtime, session, { limit: 4, cursor });
  const first = await read(null);
  const second = await read(first.nextCursor);
  const third = await read(second.nextCursor);
  expect([first, second, third].map(({ items }) => items.length)).toEqual([5, 4, 2]);
  const listed = [first, second, third].flatMap(({ items }) => items);
  expect(listed[0]).toMatchObject({ id: session.sessionId, isThis: true });
  expect(
    listed
      .slice(1)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(others.map(({ sessionId }) => sessionId).toSorted());
  expect(listed.slice(1, 4).every(({ lastSeenAt }) => lastSeenAt.getTime() === now)).toBe(true);
  expect(third.nextCursor).toBeNull();
  expect((await read(third.previousCursor)).items).toEqual(second.items);
  expect((await read(second.previousCursor)).items).toEqual(first.items);
});

it("takes no place that a page of sessions did not give", async () => {
  for (let n = 0; n < 2; n += 1) await signInAgain(runtime, session.userId);
  const { nextCursor } = await listSessions(runtime, session, { limit: 1 });
  const fields = JSON.parse(Buffer.from(nextCursor ?? "", "base64url").toString()) as unknown[];
  for (const key of [null, "", "x", "1:2", `1:${"g".repeat(64)}`, `99999999999999:${"a".repeat(64)}x`]) {
    const cursor = Buffer.from(JSON.stringify(fields.with(3, key))).toString("base64url");
    await expect(listSessions(runtime, session, { limit: 1, cursor })).rejects.toMatchObject({ code: "invalid" });
  }
});
