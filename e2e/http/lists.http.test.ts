import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCrowd } from "../../bench/lists/open-crowd";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/test-database";
import { hashPassword } from "../../src/server/auth/password";
import { createRuntime } from "../../src/server/runtime";
import { startApp, type App } from "./start-app";
import { createVisitor, type Visitor } from "./visitor";

const BOTS = 1000;
const TRADES = 1000;
const ROWS_MAX = 200;
const PASSWORD = "seven herons over the river";

let database: TestDatabase;
let app: App;
let visitor: Visitor;
let busyBotId: string;

/** All of them on one account, as a user has them who opened one. */
const shareAccount = async (userId: string): Promise<void> => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    const { rows } = await client.query<{ id: string }>("SELECT min(id::text) AS id FROM accounts WHERE user_id = $1", [
      userId,
    ]);
    await client.query("UPDATE bots SET account_id = $1 WHERE user_id = $2", [rows[0]?.id, userId]);
    await client.query("UPDATE accounts SET archived_at = now() WHERE id <> $1", [rows[0]?.id]);
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  database = await createTestDatabase();
  const runtime = createRuntime({ databaseUrl: database.url, poolMax: 5 });
  const crowd = await openCrowd(runtime, database.ownerUrl, { bots: BOTS, trades: TRADES });
  ({ busyBotId } = crowd);
  await shareAccount(crowd.userId);
  const data = { passwordHash: await hashPassword(PASSWORD) };
  const { email } = await runtime.db.user.update({ where: { id: crowd.userId }, data });
  await runtime.close();
  app = await startApp({ DATABASE_URL: database.url, NEXTAUTH_SECRET: randomBytes(32).toString("hex") });
  visitor = createVisitor(app.url);
  await visitor.signIn(email, PASSWORD);
});
afterAll(async () => {
  await app.stop();
  await database.drop();
});

const read = async (path: string): Promise<string> => {
  const response = await visitor.get(path);
  expect(response.status).toBe(200);
  return response.text();
};

const countOf = (html: string, tag: RegExp): number => html.match(tag)?.length ?? 0;

it.each([
  ["/overview", 12],
  ["/bots", 25],
  ["/bots?sort=profit&order=desc", 25],
  ["/accounts", 5],
  ["/bots/new", 0],
  ["/bots/BUSY?view=trades&sort=net&order=desc", 50],
  ["/bots/BUSY?view=cycles", 50],
  ["/bots/BUSY?view=decisions", 50],
  ["/bots/BUSY/ledger", 50],
])("the document of %s holds its first rows and at most 200 at 1,000 bots", async (path, least) => {
  const html = await read(path.replace("BUSY", busyBotId));
  const rows = countOf(html, /<(tr|li)\b/g);
  expect(rows).toBeGreaterThanOrEqual(least);
  expect(rows).toBeLessThanOrEqual(ROWS_MAX);
});

it("of a thousand bots the last are first when they are sorted so, and the account leads to all of its bots", async () => {
  const names = (html: string) => [...html.matchAll(/>(bot \d{4})</g)].map(([, name]) => name);
  expect(names(await read("/bots?sort=name&order=desc"))[0]).toBe("bot 0999");
  expect(names(await read("/bots?text=bot+0512"))).toContain("bot 0512");
  const [, href = ""] = /href="(\/bots\?account=[0-9a-f-]+)"[^>]*>All/.exec(await read("/accounts")) ?? [];
  expect(await read(href)).toContain(`of <!-- -->${BOTS}<!-- --> bots`);
});
