import { nobodyListens } from "../testing/nobody-listens";
import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createRuntime, type Runtime } from "../runtime";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { openMailbox } from "../testing/mailbox-fixture";
import { signInAgain } from "../testing/people-fixture";
import { answerApiRequest } from "./handle-request";
import { translateError } from "./procedure/translate-error";
import { appRouter } from "./root";

const ORIGIN = "http://localhost:3000";
const auth = { secret: "a secret of the test alone, by chance", publicUrl: new URL(ORIGIN), trustedProxyHops: 0 };

let runtime: Runtime;
let databaseUrl: string;
let books: BooksFixture;
let cookie: string;
const mailbox = openMailbox();
openBed((bed) => {
  runtime = { ...bed.runtime, mail: mailbox.mail };
  databaseUrl = bed.database.url;
});
afterAll(() => mailbox.close());
beforeAll(async () => {
  books = await createBooksFixture(runtime);
  const { token } = await signInAgain(runtime, books.userId);
  cookie = `0xbot.session=${await encode({ token: { sid: token }, secret: auth.secret })}`;
});

type Kind = "query" | "mutation" | "subscription";
type Definition = { _def: { type: Kind; inputs: readonly { readonly shape?: object }[] } };
/** A stream answers 200 before it has read its input. */
const PROCEDURES = Object.entries(appRouter._def.procedures)
  .map(([path, procedure]) => ({ path, ...(procedure as unknown as Definition)._def }))
  .filter(({ type }) => type !== "subscription")
  .map(({ path, type, inputs }) => ({ path, kind: type, fields: Object.keys(inputs[0]?.shape ?? {}) }));

/** Sends a text as a procedure's whole input, as the owner of the books; the status and the text of the answer. */
const send = async (
  path: string,
  kind: Kind,
  text: string,
  ports = runtime,
): Promise<{ status: number; text: string }> => {
  const url = `${ORIGIN}/api/trpc/${path}`;
  const headers = { cookie, origin: ORIGIN, "content-type": "application/json" };
  const request =
    kind === "mutation"
      ? new Request(url, { method: "POST", headers, body: text })
      : new Request(`${url}?input=${encodeURIComponent(text)}`, { headers });
  const response = await answerApiRequest({ ports: { ...ports, events: nobodyListens }, auth }, request);
  return { status: response.status, text: await response.text() };
};
const sendJson = (path: string, json: unknown) => send(path, "query", JSON.stringify({ json }));

const NO_WORDS_OF_OURS = /destructure|undefined|Unexpected|stack|prisma|invocation|\.ts\b/i;

describe("an input", () => {
  it("with a NUL or half a character anywhere is refused by every procedure, before it gets to the database", async () => {
    for (const { path, kind } of PROCEDURES) {
      for (const text of ["\0", "BTC\0/USDT", "\ud800"]) {
        for (const json of [{ botId: books.botId, pair: text }, { botId: text }, text, [[text]], { [text]: 1 }]) {
          const answer = await send(path, kind, JSON.stringify({ json }));
          expect(answer, `${path} ${JSON.stringify(json)}`).toMatchObject({ status: 400 });
        }
      }
    }
    const asked = await sendJson("charts.candles", { botId: books.botId, pair: "BTC\0/USDT" });
    expect(asked.text).toContain("characters that cannot be stored");
  });

  it.each(["null", "1", '"text"', "[]", "{}", "", "{", '{"json":', '{"json":null}', "undefined"])(
    "%s is answered in words that tell what to do and nothing of our code",
    async (text) => {
      const answer = await send("venues.setSpeed", "mutation", text);
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(/The request (is not valid|cannot be read)\. \S/);
      expect(answer.text.replace(/expected \w+, received \w+/, "")).not.toMatch(NO_WORDS_OF_OURS);
    },
  );

  it("nested without end, or in a circle, is refused", async () => {
    const deep = `{"json":${"[".repeat(8000)}${"]".repeat(8000)}}`;
    const circle = JSON.stringify({ json: { a: { b: null } }, meta: { referentialEqualities: { a: ["a.b"] } } });
    for (const text of [deep, circle]) {
      expect(await send("venues.setSpeed", "mutation", text)).toMatchObject({ status: 400 });
    }
  });
});

describe("whatever is sent", () => {
  const trouble = fc.constantFrom("\0", "\ud800", "__proto__", "constructor", "'; --", "%", "-1", "1e999", "NaN");
  const leaf = fc.oneof(
    trouble,
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const field = fc.oneof(leaf, fc.jsonValue({ maxDepth: 2 }));

  /** Right names and nearly right values get furthest. */
  const valueOf = (name: string): fc.Arbitrary<unknown> => {
    const right: Readonly<Record<string, unknown>> = {
      ...books,
      pair: "BTC/USDT",
      limit: 5,
      speed: 60,
      timeframe: "1h",
    };
    return fc.oneof({ weight: 3, arbitrary: fc.constant(right[name]) }, trouble, fc.uuid(), field);
  };
  const nearlyRight = (fields: readonly string[]) =>
    fc.record(Object.fromEntries(fields.map((name) => [name, valueOf(name)])), { requiredKeys: [] });
  const meta = fc.record(
    {
      values: fc.dictionary(
        fc.constantFrom("botId", "cursor", "a.b", "__proto__.x", "constructor"),
        fc.tuple(
          fc.constantFrom("Date", "bigint", "regexp", "set", "map", "undefined", "Error", "class", "URL", "number"),
        ),
      ),
      referentialEqualities: fc.dictionary(fc.string(), fc.array(fc.string(), { maxLength: 2 }), { maxKeys: 2 }),
      v: field,
    },
    { requiredKeys: [] },
  );
  const envelope = (fields: readonly string[]) =>
    fc.oneof(
      { weight: 6, arbitrary: nearlyRight(fields).map((json) => JSON.stringify({ json })) },
      fc
        .tuple(fc.oneof(nearlyRight(fields), field), meta)
        .map(([json, notes]) => JSON.stringify({ json, meta: notes })),
      fc.json(),
      fc.string({ unit: "binary" }),
    );

  it.each(PROCEDURES)("$path answers it or says what is wrong with it: never 5xx", async ({ path, kind, fields }) => {
    await fc.assert(
      fc.asyncProperty(envelope(fields), async (text) => {
        const answer = await send(path, kind, text);
        expect(answer.status, answer.text).toBeLessThan(500);
        expect(answer.status === 400 ? answer.text : "").not.toMatch(/destructure|stack|prisma|invocation/i);
      }),
      { numRuns: 15, seed: 20_261_126 },
    );
  });
});

it("where all connections are in use, a call is told that and when to come back", { timeout: 30_000 }, async () => {
  const busy = createRuntime({ databaseUrl, poolMax: 1, statementMs: 5000 });
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const holding = busy.db.$transaction(() => released, { timeout: 20_000 });
  const url = `${ORIGIN}/api/trpc/auth.me`;
  const [read, change] = await Promise.all([
    answerApiRequest({ ports: { ...busy, events: nobodyListens }, auth }, new Request(url, { headers: { cookie } })),
    busy.db
      .$transaction((tx) => tx.user.count())
      .catch((error: unknown) => translateError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }))),
  ]);
  release();
  await holding;
  await busy.close();
  expect([read.status, read.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await read.text()).toContain("Try again in 5 seconds");
  expect(change).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
});

it("our own failure is logged in one line and told in none, and a caller's fault is not logged", async () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const broken = createRuntime({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none" });
  const input = JSON.stringify({ json: null });
  const answers = [await send("no.such", "query", input), await send("auth.me", "query", input, broken)];
  await broken.close();
  const lines = written.mock.calls.map(([line]) => String(line));
  written.mockRestore();
  expect(answers.map(({ status }) => status)).toEqual([404, 500]);
  const [, reference] = /Something went wrong on our side\. Reference (\w+)\./.exec(answers[1]?.text ?? "") ?? [];
  expect(answers[1]?.text).not.toMatch(NO_WORDS_OF_OURS);
  expect(lines.map((line) => (JSON.parse(line) as { reference: string }).reference)).toEqual([reference]);
});
