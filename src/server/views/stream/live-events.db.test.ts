import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../../scripts/testing/test-database";
import { createLiveSignals } from "../../adapters/live/create-live-signals";
import { revokeSession } from "../../auth/revoke-session";
import { inTransaction } from "../../db/in-transaction";
import type { Runtime } from "../../runtime";
import { createPerson, type Person } from "../../testing/people-fixture";
import { appendLiveEvent } from "../../live/append-live-event";
import { streamLiveEvents, type Numbered } from "./stream-live-events";

/** Against a test that hangs, not one that is slow. */
const HANGS = { timeout: 240_000 };

let database: TestDatabase;
let runtime: Runtime;
let admin: pg.Client;
openBed((bed) => ({ database, runtime } = bed), { poolMax: 20 });
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
});

const alert = (message: string) => ({ kind: "alert" as const, botId: null, severity: "info" as const, message });

const tell = ({ userId }: Person, ...messages: string[]): Promise<void> =>
  inTransaction(runtime.db, async (tx) => {
    for (const message of messages) appendLiveEvent(tx, userId, alert(message));
    await tx.user.findUniqueOrThrow({ where: { id: userId } });
  });

const numbersOf = async ({ userId }: Person): Promise<number[]> => {
  const rows = await runtime.db.liveEvent.findMany({ where: { userId }, orderBy: { number: "asc" } });
  return rows.map(({ number }) => Number(number));
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Reads a stream until it has so many messages, then leaves. */
const take = async (
  person: Person,
  count: number,
  { after = "0", ports = runtime }: { after?: string; ports?: Parameters<typeof streamLiveEvents>[0] } = {},
): Promise<Numbered[]> => {
  const taken: Numbered[] = [];
  const abort = new AbortController();
  for await (const each of streamLiveEvents(ports, { ...person, lastEventId: after, signal: abort.signal })) {
    taken.push(each);
    if (taken.length >= count) abort.abort();
    if (abort.signal.aborted) break;
  }
  return taken;
};

/** Reads to a number through many connections, each broken off after a few messages, and resumed by the last id. */
const takeInPieces = async (person: Person, total: number, seed: number): Promise<Numbered[]> => {
  const taken: Numbered[] = [];
  let chance = seed;
  while (taken.length < total) {
    chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
    const piece = Math.min(1 + (chance % 17), total - taken.length);
    taken.push(...(await take(person, piece, { after: taken.at(-1)?.id ?? "0" })));
  }
  return taken;
};

/** Backends that LISTEN in this database. */
const listeners = async (): Promise<number[]> => {
  const { rows } = await admin.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
  );
  return rows.map(({ pid }) => pid);
};

describe("numbers of a user's events", () => {
  it("50 writers at once and 5 readers that lose their connection again and again: every event once, in order", async () => {
    const person = await createPerson(runtime);
    const writers = 50;
    const each = 6;
    const total = writers * each;
    const readers = [1, 2, 3, 4, 5].map((seed) => takeInPieces(person, total, seed));
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; n < each; n += 2) await tell(person, `${writer}:${n}`, `${writer}:${n + 1}`);
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    for (const read of await Promise.all(readers)) {
      expect(read.map(({ id }) => Number(id))).toEqual(upTo(total));
      const texts = read.map(({ message }) => (message.kind === "alert" ? message.message : message.kind));
      expect(new Set(texts).size).toBe(total);
      for (let writer = 0; writer < writers; writer++) {
        const own = texts.filter((text) => text.startsWith(`${writer}:`));
        expect(own).toEqual(upTo(each).map((n) => `${writer}:${n - 1}`));
      }
    }
  });

  it("have no gap where a transaction failed, and count per user", async () => {
    const [person, other] = [await createPerson(runtime), await createPerson(runtime)];
    await tell(person, "first");
    const failing = inTransaction(runtime.db, async (tx) => {
      appendLiveEvent(tx, person.userId, alert("never"));
      await tx.$executeRaw`SELECT 1 / 0`;
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    await tell(other, "elsewhere");
    await tell(person, "second");
    expect(await numbersOf(person)).toEqual([1, 2]);
    expect(await numbersOf(other)).toEqual([1]);
  });

  it("are taken by the last statement, so that nobody waits for a long transaction that will tell something", async () => {
    const person = await createPerson(runtime);
    await inTransaction(runtime.db, async (tx) => {
      appendLiveEvent(tx, person.userId, alert("told first, written last"));
      await tell(person, "in between");
    });
    const rows = await runtime.db.liveEvent.findMany({ where: { userId: person.userId }, orderBy: { number: "asc" } });
    expect(rows.map(({ payload }) => payload)).toMatchObject([
      { message: "in between" },
      { message: "told first, written last" },
    ]);
  });

  it("are refused outside of such a transaction", async () => {
    const person = await createPerson(runtime);
    expect(() => appendLiveEvent(runtime.db, person.userId, alert("nowhere"))).toThrow(/inTransaction/);
  });
});

describe("a stream", () => {
  it("without a cursor says resync and goes on from there", async () => {
    const person = await createPerson(runtime);
    await tell(person, "before", "before too");
    const stream = streamLiveEvents(runtime, person);
    expect((await stream.next()).value).toEqual({ id: "2", message: { kind: "resync" } });
    await tell(person, "after");
    expect((await stream.next()).value).toMatchObject({ id: "3", message: { message: "after" } });
    await stream.return(undefined);
  });

  it("at a cursor that is older than what is kept says resync at the newest number", async () => {
    const person = await createPerson(runtime);
    await tell(person, "one", "two", "three");
    await runtime.db.liveEvent.deleteMany({ where: { userId: person.userId, number: { lte: 2 } } });
    expect(await take(person, 1, { after: "1" })).toEqual([{ id: "3", message: { kind: "resync" } }]);
    expect(await take(person, 1, { after: "2" })).toMatchObject([{ id: "3", message: { message: "three" } }]);
  });

  it("carries only the user's own events", async () => {
    const [person, other] = [await createPerson(runtime), await createPerson(runtime)];
    await tell(other, "secret");
    await tell(person, "own");
    expect(await take(person, 1)).toMatchObject([{ id: "1", message: { message: "own" } }]);
  });

  it("of six is ended within its next reading, the oldest, and says why; the other five go on", async () => {
    const person = await createPerson(runtime);
    const streams = Array.from({ length: 6 }, () => streamLiveEvents(runtime, person));
    const [oldest, ...others] = streams;
    for (const stream of streams) expect((await stream.next()).value).toMatchObject({ message: { kind: "resync" } });
    await expect(oldest?.next()).rejects.toThrow(/At most 5 of your tabs are updated live at once/);
    await tell(person, "still told");
    for (const stream of others) expect((await stream.next()).value).toMatchObject({ message: { kind: "alert" } });
    await Promise.all(streams.map((stream) => stream.return(undefined)));
    expect(await take(person, 1, { after: "0" })).toHaveLength(1);
  });

  it("of hundreds that open at once asks the database for those that have a seat", HANGS, async () => {
    const person = await createPerson(runtime);
    const asked = vi.spyOn(runtime.db, "$queryRaw");
    const abort = new AbortController();
    const streams = Array.from({ length: 200 }, () => streamLiveEvents(runtime, { ...person, signal: abort.signal }));
    const first = streams.map((stream) =>
      stream.next().then(
        () => "read",
        (error: unknown) => String(error),
      ),
    );
    const outcomes = await Promise.all(first);
    const readings = asked.mock.calls.length;
    asked.mockRestore();
    abort.abort();
    await Promise.all(streams.map((stream) => stream.return(undefined)));
    expect(outcomes.filter((outcome) => outcome === "read")).toHaveLength(5);
    expect(readings).toBeLessThanOrEqual(10);
  });

  it("reads again within seconds when no NOTIFY comes", async () => {
    const person = await createPerson(runtime);
    const deaf = { subscribe: () => ({ next: silence, close: () => undefined }) };
    const reading = take(person, 1, { ports: { ...runtime, live: deaf } });
    await tell(person, "unheard");
    expect(await reading).toMatchObject([{ message: { message: "unheard" } }]);
  });

  it("ends by itself once its session is revoked, and not before", async () => {
    const [person, other] = [await createPerson(runtime), await createPerson(runtime)];
    const ended = vi.fn<() => void>();
    const read = async (reader: Person): Promise<void> => {
      const stream = streamLiveEvents(runtime, reader);
      while ((await stream.next()).done !== true);
      ended();
    };
    const [first] = [read(person), read(other)];
    await tell(person, "still here");
    expect(ended).not.toHaveBeenCalled();
    await revokeSession(runtime, person.token);
    await first;
    expect(ended).toHaveBeenCalledTimes(1);
    await revokeSession(runtime, other.token);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(2), HANGS);
  });
});

describe("the listening connection", () => {
  it("wakes everybody once it hears, since what came before was not heard", async () => {
    const signals = createLiveSignals({ url: database.url, channel: "nobody_writes_here" });
    const subscription = signals.subscribe("anything");
    await subscription.next(2 * HANGS.timeout);
    expect(await listeners()).toHaveLength(1);
    subscription.close();
    await vi.waitFor(async () => expect(await listeners()).toEqual([]), HANGS);
  });

  it("is one for all streams of a process, comes back after a loss, and goes with the last stream", async () => {
    const people = await Promise.all([1, 2, 3].map(() => createPerson(runtime)));
    const streams = people.map((person) => streamLiveEvents(runtime, { ...person, lastEventId: "0" }));
    const first = streams.map((stream) => stream.next());
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), HANGS);
    const [pid] = await listeners();
    await admin.query("SELECT pg_terminate_backend($1)", [pid]);
    await vi.waitFor(async () => {
      const [next] = await listeners();
      expect(next).toBeDefined();
      expect(next).not.toBe(pid);
    }, HANGS);
    for (const person of people) await tell(person, "heard again");
    for (const each of await Promise.all(first)) expect(each.value).toMatchObject({ id: "1" });
    await Promise.all(streams.map((stream) => stream.return(undefined)));
    await vi.waitFor(async () => expect(await listeners()).toEqual([]), HANGS);
  });
});
/** Waits for the whole timeout, without a notification. */
function silence(timeoutMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeoutMs));
}
