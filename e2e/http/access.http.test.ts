import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_FOLDER } from "../../scripts/project-folder";
import { ensureSecret } from "../../scripts/start/secrets";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/test-database";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { createBooksFixture, FIRST_SLOT } from "../../src/server/testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../src/server/testing/cycle-fixture";
import { createPerson, signInAgain } from "../../src/server/testing/people-fixture";
import { startApp, type App } from "./start-app";
import { createVisitor } from "./visitor";

const WHO = ["visitor", "stranger", "administrator", "owner"] as const;
type Who = (typeof WHO)[number];

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-access-"));
const secret = ensureSecret(folder, "nextauth");
const cookies = new Map<Who, string>();
let database: TestDatabase;
let runtime: Runtime;
let app: App;
let ids: { readonly botId: string; readonly cycleId: string; readonly positionId: string };
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 4 });
  const books = await createBooksFixture(runtime);
  const cycle = await claimSlot(books, FIRST_SLOT, { holder: "run" });
  for (const stage of stagesOf(books, wishToEnter(books))) await stage.run(cycle);
  const position = await runtime.db.position.findFirstOrThrow({ where: { botId: books.botId } });
  ids = { botId: books.botId, cycleId: cycle.cycleId, positionId: position.id };
  const people = {
    stranger: await createPerson(runtime),
    administrator: await createPerson(runtime, "admin"),
    owner: await signInAgain(runtime, books.userId),
  };
  for (const who of ["stranger", "administrator", "owner"] as const) {
    cookies.set(who, await encode({ token: { sid: people[who].token }, secret }));
  }
  app = await startApp({ DATABASE_URL: database.url, NEXTAUTH_SECRET: secret });
});
afterAll(async () => {
  await app.stop();
  await runtime.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The places of the app that answer a request, as the folders of `src/app` name them. */
const PLACES = readdirSync(path.join(PROJECT_FOLDER, "src", "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
  .map((file) => `/${path.dirname(file)}`.replaceAll(/\/(\.|\([^/]+\))(?=\/|$)/g, "") || "/")
  .toSorted();

type Place =
  | { readonly for: "everybody"; readonly path?: string; readonly status: number; readonly toVisitors?: number }
  /** Who has come in already is led on. */
  | { readonly for: "visitors" }
  | { readonly for: "users" }
  /** To all others it is as a page that never was. */
  | { readonly for: "administrators" }
  /** About one record: `id` names which. */
  | { readonly for: "its owner"; readonly id: keyof typeof ids };

/** Who may open what: a place without a row here fails the test below. */
const ACCESS: Readonly<Record<string, Place>> = {
  "/": { for: "visitors" },
  "/forgot": { for: "everybody", status: 200 },
  "/register": { for: "visitors" },
  "/reset": { for: "everybody", status: 200 },
  "/sign-in": { for: "visitors" },
  "/verify": { for: "everybody", status: 200 },
  "/account": { for: "users" },
  "/accounts": { for: "users" },
  "/admin": { for: "administrators" },
  "/overview": { for: "users" },
  "/venues": { for: "users" },
  "/bots": { for: "users" },
  "/bots/new": { for: "users" },
  "/bots/[botId]": { for: "its owner", id: "botId" },
  "/bots/[botId]/edit": { for: "its owner", id: "botId" },
  "/bots/[botId]/ledger": { for: "its owner", id: "botId" },
  "/bots/[botId]/versions": { for: "its owner", id: "botId" },
  "/cycles/[cycleId]": { for: "its owner", id: "cycleId" },
  "/positions/[positionId]": { for: "its owner", id: "positionId" },
  "/api/auth/[...nextauth]": { for: "everybody", path: "/api/auth/csrf", status: 200 },
  // Its own matrix, by who asks for which bot, is in export.http.test.ts.
  "/api/exports/[kind]": { for: "everybody", path: "/api/exports/none", status: 404, toVisitors: 401 },
  // The fixture has no runner.
  "/api/health": { for: "everybody", status: 503 },
  // Without a server of durable functions there is nothing to answer it.
  "/api/inngest": { for: "everybody", status: 404 },
  // Each procedure has its own row in src/server/api/api.db.test.ts.
  "/api/trpc/[trpc]": { for: "everybody", path: "/api/trpc/auth.door", status: 200 },
};

it("every page and route has a row in the table of access", () => {
  expect(PLACES).toEqual(Object.keys(ACCESS).toSorted());
});

const open = async (who: Who, at: string) => {
  const cookie = cookies.get(who);
  const visitor = createVisitor(app.url, new Map(cookie === undefined ? [] : [["0xbot.session", cookie]]));
  const answer = await visitor.get(at);
  return { status: answer.status, leadsTo: answer.headers.get("location"), text: await answer.text() };
};

const NONCE = /nonce(="|\\":\\"|-)[A-Za-z0-9+/=_-]+/g;

/** What a page sends to its scripts comes in pieces and in an order that differ with each request. */
const rowsOf = (html: string): string[] =>
  [...html.matchAll(/self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g)]
    .map(([, piece = ""]) => JSON.parse(piece) as string)
    .join("")
    .split("\n")
    .map((row) => row.replace(/^[0-9a-f]+:/, "").replaceAll(/\$L?[0-9a-f]+\b/g, "$"))
    .toSorted();

/** What an answer says but for what was asked, and what differs with each request. */
const saidBy = ({ status, text }: { status: number; text: string }, id: string) => {
  const plain = text
    .replaceAll(id, "[id]")
    .replaceAll(NONCE, "nonce")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "[instant]");
  return { status, document: plain.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, ""), rows: rowsOf(plain) };
};

const isFor =
  <For extends Place["for"]>(whom: For) =>
  (entry: [string, Place]): entry is [string, Extract<Place, { for: For }>] =>
    entry[1].for === whom;
const placesFor = <For extends Place["for"]>(whom: For) => Object.entries(ACCESS).filter(isFor(whom));

const expectDoor = async (at: string): Promise<void> => {
  const { status, leadsTo, text } = await open("visitor", at);
  expect([status, leadsTo]).toEqual([307, "/sign-in"]);
  expect(text).not.toMatch(/example\.org|USDT/);
};

it.each(placesFor("everybody"))("%s answers everybody alike", async (place, { path: at, status, toVisitors }) => {
  for (const who of WHO) {
    const expected = who === "visitor" ? (toVisitors ?? status) : status;
    expect((await open(who, at ?? place)).status, who).toBe(expected);
  }
});

it.each(placesFor("visitors"))("%s is for who has not come in yet, and leads all others on alike", async (place) => {
  expect((await open("visitor", place)).status).toBe(200);
  const led = await Promise.all(WHO.slice(1).map(async (who) => (await open(who, place)).leadsTo));
  expect(new Set(led)).toEqual(new Set(["/overview"]));
});

it.each(placesFor("users"))("%s shows each user what is the user's own, and a visitor the door", async (place) => {
  await expectDoor(place);
  for (const who of ["stranger", "administrator", "owner"] as const) {
    const { status, text } = await open(who, place);
    expect(status, who).toBe(200);
    const seen = Object.values(ids).filter((id) => text.includes(id));
    expect(who === "owner" ? [] : seen, who).toEqual([]);
  }
});

it.each(placesFor("administrators"))("%s is there for administrators, and for nobody else", async (place) => {
  await expectDoor(place);
  const { status, text } = await open("administrator", place);
  expect([status, text.includes("Administration")]).toEqual([200, true]);
  const missing = `/positions/${runtime.newId()}`;
  for (const who of ["stranger", "owner"] as const) {
    const asked = await open(who, place);
    const other = await open(who, missing);
    expect([asked.status, saidBy(asked, place).document], who).toEqual([404, saidBy(other, missing).document]);
    expect(asked.text, who).not.toMatch(/Administration|example\.org.*example\.org.*Block/);
  }
});

describe.each(placesFor("its owner"))("%s", (place, access) => {
  const at = (id: string) => place.replace(/\[\w+\]/, encodeURIComponent(id));

  it("sends who is not signed in to the door, with nothing of anybody's", () => expectDoor(at(ids[access.id])));

  it("is there for its owner", async () => {
    const { status, text } = await open("owner", at(ids[access.id]));
    expect([status, text.includes(ids[access.id])]).toEqual([200, true]);
  });

  it.each(["stranger", "administrator"] as const)(
    "is to a %s as absent as what never was, byte for byte, and as what has no name",
    async (who) => {
      const foreign = ids[access.id];
      const missing = runtime.newId();
      const asked = await open(who, at(foreign));
      const said = saidBy(asked, foreign);
      expect(asked.status).toBe(404);
      for (const id of Object.values(ids).filter((other) => other !== foreign)) expect(asked.text).not.toContain(id);
      expect(said.rows.length).toBeGreaterThan(3);
      expect(said).toEqual(saidBy(await open(who, at(missing)), missing));
      for (const malformed of ["1", "__proto__", "1 OR 1=1", "\0", "%", "null"]) {
        expect((await open(who, at(malformed))).status, malformed).toBe(404);
      }
    },
  );

  it("is not found by the id of a record of another kind", async () => {
    for (const id of Object.values(ids).filter((other) => other !== ids[access.id])) {
      expect((await open("owner", at(id))).status).toBe(404);
    }
  });
});

describe("a page of a list", () => {
  it.each(["W10", "__proto__", "1", "%00"])(
    "that no list gave (%s) is not found, and no failure of ours",
    async (from) => {
      const { botId } = ids;
      for (const list of [
        "/bots?",
        ...["trades", "cycles", "decisions"].map((view) => `/bots/${botId}?view=${view}&`),
      ]) {
        // The list of bots has begun its answer before it is read.
        const { status, text } = await open("owner", `${list}from=${from}`);
        expect(status === 404 || text.includes("NEXT_HTTP_ERROR_FALLBACK;404"), list).toBe(true);
      }
      expect((await open("owner", `/bots/${botId}/ledger?from=${from}`)).status).toBe(404);
    },
  );
});
