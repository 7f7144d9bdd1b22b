import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { liveEventSchema, type LiveEvent } from "~/contracts/live-event";
import { inTransaction } from "../db/in-transaction";
import { appendLiveEvent } from "../live/append-live-event";
import type { Runtime } from "../runtime";
import { cookieOf, openDoor, readEvents } from "../testing/api-door";
import type { BooksFixture } from "../testing/books-fixture";
import { createPerson, signInAgain, type Person } from "../testing/people-fixture";
import { TOLD_KINDS } from "../testing/told-kinds";

let runtime: Runtime;
const others = {} as Record<"stranger" | "administrator", Person>;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeAll(async () => {
  others.stranger = await createPerson(runtime);
  others.administrator = await createPerson(runtime, "admin");
});

const KINDS = liveEventSchema.options.map(({ shape }) => shape.kind.value);

const lastOf = async ({ userId }: Pick<Person, "userId">): Promise<string> =>
  String((await runtime.db.liveTopic.findUnique({ where: { userId } }))?.lastNumber ?? 0);

/** Texts of the messages of a stream after an id, up to the first that holds `last`; all where it ends before. */
const readTo = async (person: Person | null, { after, last }: { after: string; last: string }): Promise<string[]> => {
  const leaving = new AbortController();
  const call = { path: "live.events", input: { lastEventId: after } };
  const response = await openDoor(runtime).read(await cookieOf(person), call, leaving.signal);
  const read = await readEvents(response, (text) => text.includes(last) || text.includes('"resync"'));
  leaving.abort();
  return read.filter((text) => !/^event: (ping|connected)/.test(text));
};

const MARK = "this is for you alone";
const mark = ({ userId }: Person): Promise<void> =>
  inTransaction(runtime.db, async (tx) => {
    appendLiveEvent(tx, userId, { kind: "alert", botId: null, severity: "info", message: MARK });
    await tx.user.findUniqueOrThrow({ where: { id: userId } });
  });

const kindIn = (text: string): string | undefined => /"kind":"([a-z-]+)"/.exec(text)?.[1];

it("every kind of event has a row in the table of what is told, and no other is appended", () => {
  expect(Object.keys(TOLD_KINDS).toSorted()).toEqual(KINDS.toSorted());
});

describe.each(KINDS)("a live event of the kind %s", (kind: LiveEvent["kind"]) => {
  let fixture: BooksFixture;
  let owner: Person;
  let cursor: string;
  let told: string;
  beforeAll(async () => {
    fixture = await TOLD_KINDS[kind].world(runtime);
    owner = await signInAgain(runtime, fixture.userId);
    cursor = await lastOf(owner);
    await TOLD_KINDS[kind].happen(fixture);
    const row = await runtime.db.liveEvent.findFirstOrThrow({
      where: { userId: owner.userId, kind, number: { gt: BigInt(cursor) } },
    });
    told = `id: ${row.number}`;
  });

  it("comes to its owner, as its schema says", async () => {
    const read = await readTo(owner, { after: cursor, last: told });
    expect(read.map(kindIn)).toContain(kind);
    expect(read.map(kindIn).filter((each) => each === "resync")).toEqual([]);
  });

  it.each(["stranger", "administrator"] as const)("comes to no %s, from any place in the stream on", async (who) => {
    const person = others[who];
    const before = await lastOf(person);
    await mark(person);
    const newest = await lastOf(person);
    const places = [before, "0", cursor, told.slice("id: ".length)].filter((place) => place !== newest);
    for (const after of places) {
      const isAhead = BigInt(after) > BigInt(newest);
      const read = await readTo(person, { after, last: isAhead ? '"resync"' : MARK });
      const texts = read.join("\n");
      expect(texts).toContain(isAhead ? '"resync"' : MARK);
      for (const id of [fixture.botId, fixture.userId, fixture.venueId]) expect(texts).not.toContain(id);
      const kinds = new Set(read.map(kindIn).filter((each) => each !== "pulse"));
      expect([...kinds].filter((each) => each !== "alert" && each !== "resync" && each !== undefined)).toEqual([]);
      expect(texts.match(/"message":"[^"]*"/g)?.filter((text) => !text.includes(MARK)) ?? []).toEqual([]);
    }
  });

  it("comes to no visitor, who is told to sign in", async () => {
    const read = (await readTo(null, { after: "0", last: "Sign in first." })).join("\n");
    expect(read).toContain("Sign in first.");
    expect(read).not.toContain(fixture.botId);
    expect(read).not.toContain('"kind"');
  });
});
