import type { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { cookieOf, openDoor, readEvents, type Call } from "../testing/api-door";
import { openFingerprint } from "../testing/fingerprint-database";
import { HOSTILE_VALUES, HUGE_VALUES, tamperedCursors } from "../testing/hostile-values";
import { createHostileWorld, type HostileWorld } from "../testing/hostile-world";
import { openMailbox } from "../testing/mailbox-fixture";
import { placesIn, putAt, samplesOf, type PlacePath } from "../testing/sample-input";
import { appRouter } from "./root";

type Definition = { _def: { type: string; inputs: readonly z.ZodType[] } };
const PROCEDURES = Object.entries(appRouter._def.procedures)
  .map(([path, procedure]) => ({ path, ...(procedure as unknown as Definition)._def }))
  // The others read nothing of what is sent.
  .flatMap(({ path, type, inputs: [schema] }) => (schema ? [{ path, type, schema }] : []));
const changes = PROCEDURES.filter(({ type }) => type === "mutation");
const reads = PROCEDURES.filter(({ type }) => type === "query");

/** Calls that one request may hold. */
const BATCH = 10;
/** Changes between two looks at the whole database. */
const ROUND = 40;
/** A body of this length fills a request by itself. */
const LARGE = 5000;
/** Settings have ten times as many places as all other inputs: there each place gets every so manieth value. */
const SETTINGS_STRIDE = { "bots.create": 24, "bots.edit": 48 } as Readonly<Record<string, number>>;
/** So in further branches of an input, which are read by the same code as the first. */
const BRANCH_STRIDE = 4;
/** A world in which there is soon no room for more: to be full is a refusal too. */
const QUOTA = { botsMax: 12, accountsMax: 12, exportsAtOnceMax: 10, exportsPerHourMax: 10 };

const mailbox = openMailbox();
let world: HostileWorld;
let cookie: Readonly<Record<string, string>>;
let fingerprint: Awaited<ReturnType<typeof openFingerprint>>;
openBed(
  (bed) => {
    world = { runtime: { ...bed.runtime, mail: mailbox.mail } } as HostileWorld;
  },
  { poolMax: 10 },
);
beforeAll(async () => {
  const { runtime } = world;
  world = await createHostileWorld({ ...runtime, quota: QUOTA });
  cookie = await cookieOf(world.owner);
  fingerprint = await openFingerprint(runtime.db);
});
afterAll(() => mailbox.close());

const strideOf = (path: string, [first]: PlacePath, branch: number): number =>
  first === "settings" ? (SETTINGS_STRIDE[path] ?? 1) : branch === 0 ? 1 : BRANCH_STRIDE;

const everyNth = (stride: number, turn: number): readonly unknown[] =>
  [...HOSTILE_VALUES, ...world.ids].filter((_, index) => (index + turn) % stride === 0);

/** What all branches of an input share has been tried with the first. */
const isOfBranch = (sample: unknown, [first]: PlacePath): boolean =>
  first !== undefined && first !== "settings" && typeof Reflect.get(sample as object, first) === "object";

/** Every valid input of a procedure with each of the values in each of its places, and a field too many in each object. */
const hostileCalls = ({ path, type, schema }: (typeof PROCEDURES)[number]): Call[] => {
  const isChange = type === "mutation";
  return samplesOf(schema, "input", world.known).flatMap((sample, nth) =>
    placesIn(sample)
      .filter((place) => nth === 0 || isOfBranch(sample, place))
      .flatMap((place, turn) => [
        ...everyNth(strideOf(path, place, nth), turn).map((value) => ({
          path,
          isChange,
          input: putAt(sample, place, value),
        })),
        ...["__proto__", "userId", "role"].map((name) => ({
          path,
          isChange,
          input: putAt(sample, [...place, name], world.ids[0]),
        })),
      ]),
  );
};

type Answer = { readonly result?: unknown; readonly error?: { json: { message: string; data: { code: string } } } };
type Answered = { readonly call: Call; readonly isRefused: boolean };

const CODES = new Set(["BAD_REQUEST", "NOT_FOUND", "CONFLICT", "TOO_MANY_REQUESTS"]);
const NO_WORDS_OF_OURS = /\bat \S+:\d+|node_modules|prisma|invocation|destructure|undefined \(|violates|relation "/i;

const judge = (call: Call, answer: Answer | undefined): Answered => {
  const shown = `${call.path} ${JSON.stringify(call.input)?.slice(0, 400)}: ${JSON.stringify(answer).slice(0, 400)}`;
  if (!answer?.error) {
    expect(answer, shown).toHaveProperty("result");
    return { call, isRefused: false };
  }
  const { message, data } = answer.error.json;
  expect(CODES.has(data.code), shown).toBe(true);
  expect(message, shown).not.toMatch(NO_WORDS_OF_OURS);
  return { call, isRefused: true };
};

/** The parts of a list, each of so many. */
const split = <Item>(all: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

const sendBatch = async (calls: readonly Call[]): Promise<Answered[]> => {
  const response = await openDoor(world.runtime).batch(cookie, calls);
  const answers = JSON.parse(await response.text()) as Answer[];
  return calls.map((call, index) => judge(call, answers[index]));
};

const sendAll = async (calls: readonly Call[]): Promise<Answered[]> => {
  const answered: Answered[] = [];
  for (const batch of split(calls, BATCH)) answered.push(...(await sendBatch(batch)));
  return answered;
};

/**
 * Sends changes and answers how many were refused: those left no trace in any table. A round of which one call was
 * accepted tells nothing of the others, which are sent again until they are among themselves.
 */
const refuseAll = async (calls: readonly Call[]): Promise<number> => {
  let waiting = calls;
  let refused = 0;
  let before = await fingerprint();
  for (let size = ROUND; waiting.length > 0 && size >= 1; size = Math.floor(size / 2)) {
    const again: Call[] = [];
    for (const round of split(waiting, size)) {
      const answers = await sendAll(round);
      const after = await fingerprint();
      const left = answers.filter(({ isRefused }) => isRefused).map(({ call }) => call);
      if (left.length === round.length) {
        expect(after, `refused, and yet: ${JSON.stringify(round).slice(0, 2000)}`).toEqual(before);
        refused += left.length;
      } else again.push(...left);
      before = after;
    }
    waiting = again;
  }
  expect(waiting, "accepted now and then").toEqual([]);
  return refused;
};

it("every procedure has valid inputs made from its schema, which is strict", () => {
  for (const { path, schema } of PROCEDURES) {
    for (const sample of samplesOf(schema, "input", world.known)) {
      const read = schema.safeParse(sample);
      expect(read.error?.issues ?? [], `${path} ${JSON.stringify(sample)}`).toEqual([]);
      expect(schema.safeParse({ ...(sample as object), ownerId: world.ids[0] }).success, path).toBe(false);
    }
  }
});

describe("whatever stands anywhere in the input", () => {
  it.each(changes)("$path does as it is told or refuses it, and a refusal changes nothing", async (procedure) => {
    const calls = hostileCalls(procedure);
    expect(await refuseAll(calls)).toBeGreaterThan(calls.length / 4);
  });

  it("no read fails or changes anything", async () => {
    const before = await fingerprint();
    const answered = await sendAll(reads.flatMap(hostileCalls));
    expect(answered.filter(({ isRefused }) => isRefused).length).toBeGreaterThan(answered.length / 4);
    expect(await fingerprint()).toEqual(before);
  });
});

it("ten thousand pairs, or as much text, are refused wherever they stand", { timeout: 60_000 }, async () => {
  const before = await fingerprint();
  for (const { path, type, schema } of PROCEDURES.filter((each) => each.type !== "subscription")) {
    const [sample] = samplesOf(schema, "input", world.known);
    const places = placesIn(sample).filter(([first]) => first !== "settings");
    const more =
      "settings" in (sample as object) ? [["settings"], ["settings", "pairs"], ["settings", "decision"]] : [];
    for (const place of [...places, ...more]) {
      for (const value of HUGE_VALUES) {
        const call = { path, isChange: type === "mutation", input: putAt(sample, place, value) };
        const { status, text } = await openDoor(world.runtime).say(world.owner, call);
        expect([400, 413], `${path} ${place.join(".")}: ${text.slice(0, 200)}`).toContain(status);
        expect(text).not.toMatch(NO_WORDS_OF_OURS);
        expect(text.length).toBeLessThan(LARGE);
      }
    }
  }
  expect(await fingerprint()).toEqual(before);
});

describe("a cursor that was tampered with", () => {
  const lists = reads.filter(({ schema }) =>
    schema.safeParse({ cursor: 1 }).error?.issues.some(({ path: [at] }) => at === "cursor"),
  );

  it.each(lists)("is refused by $path, or leads to rows of the caller's own", async ({ path, schema }) => {
    const [sample] = samplesOf(schema, "input", world.known);
    const first = { path, isChange: false, input: putAt(sample, ["limit"], 1) };
    const { text } = await openDoor(world.runtime).say(world.owner, first);
    const [cursor] = /(?<="nextCursor":")[^"]+/.exec(text) ?? [];
    const own = cursor ?? Buffer.from(JSON.stringify(["x", "asc", "on", null, world.ids[0]])).toString("base64url");
    const calls = tamperedCursors(own, world.ids.at(-3) ?? "").map((each) => ({
      ...first,
      input: putAt(first.input, ["cursor"], each),
    }));
    const answered = await sendAll(calls);
    expect(answered.filter(({ isRefused }) => isRefused).length).toBeGreaterThan(calls.length / 2);
  });
});

it("a stream refuses what is no id of its own, in words, and begins nothing", async () => {
  const before = await fingerprint();
  for (const { path, schema } of PROCEDURES.filter(({ type }) => type === "subscription")) {
    const [sample] = samplesOf(schema, "input", world.known);
    for (const value of [...HOSTILE_VALUES, ...HUGE_VALUES, ...world.ids]) {
      for (const place of placesIn(sample)) {
        const input = putAt(sample, place, value);
        const leaving = new AbortController();
        const response = await openDoor(world.runtime).read(cookie, { path, input }, leaving.signal);
        const text = (await readEvents(response, (event) => /"code"|"kind"/.test(event))).join("\n");
        leaving.abort();
        expect(text).not.toMatch(NO_WORDS_OF_OURS);
        // A field named __proto__ is dropped on its way, and the only field may be left out.
        const mayBeDropped = Object.hasOwn(Object(value) as object, "__proto__");
        const isAccepted = schema.safeParse(input).success || (mayBeDropped && place.length === 0);
        expect(text, JSON.stringify(input)?.slice(0, 200)).toMatch(isAccepted ? /"kind"/ : /BAD_REQUEST/);
      }
    }
  }
  expect(await fingerprint()).toEqual(before);
});
