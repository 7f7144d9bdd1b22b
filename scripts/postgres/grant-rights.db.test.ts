import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrateDatabase } from "../migrate-database";
import { queryOne } from "../testing/cluster-folders";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { APP_ROLE } from "./app-role";

let database: TestDatabase;
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  app = new pg.Pool({ connectionString: database.url, max: 1 });
  await migrateDatabase({ owner: database.ownerUrl, app: database.url }, true);
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await database.drop();
});

const namesOf = async (sql: string): Promise<string[]> =>
  (await owner.query<{ name: string }>(sql)).rows.map(({ name }) => name);
/** Tables of ours in which the app's role lacks a right. */
const tablesWithout = (right: string): Promise<string[]> =>
  namesOf(`SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND NOT has_table_privilege('${APP_ROLE}', oid, '${right}') ORDER BY relname`);

describe("the role of the app", () => {
  it("is no superuser, makes no databases and no roles, and owns nothing", async () => {
    const { rows } = await app.query(
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user`,
    );
    const may = { rolsuper: false, rolcreatedb: false, rolcreaterole: false };
    expect(rows).toEqual([{ ...may, rolreplication: false, rolbypassrls: false }]);
    const owned = `SELECT classid::regclass::text AS name FROM pg_shdepend
      WHERE refobjid = '${APP_ROLE}'::regrole AND deptype = 'o'`;
    expect(await namesOf(owned)).toEqual([]);
    expect(
      await namesOf(`SELECT roleid::regrole::text AS name FROM pg_auth_members
      WHERE member = '${APP_ROLE}'::regrole`),
    ).toEqual([]);
  });

  it("reads and adds to every table, changes nothing that happened, and deletes none of people and money", async () => {
    expect(await tablesWithout("SELECT")).toEqual([]);
    const sums = ["bot_balances", "equity_memories", "refusal_counts", "trade_totals"];
    expect(await tablesWithout("INSERT")).toEqual(["_prisma_migrations", ...sums]);
    const appendOnly = ["account_flows", "allotment_flows", "audit_entries", "bot_settings", "fills", "ledger_entries"];
    const happened = [
      "activities",
      "analyses",
      "candles",
      "decisions",
      "equity_points",
      "invariant_checks",
      "live_events",
    ];
    const settled = ["order_intents", "trades", "verdicts"];
    expect(await tablesWithout("UPDATE")).toEqual(
      ["_prisma_migrations", ...appendOnly, ...happened, ...settled, ...sums].toSorted(),
    );
    const kept = [
      "accounts",
      "bots",
      "commands",
      "invites",
      "markets",
      "model_spend",
      "order_intents",
      "orders",
      "positions",
      "proposals",
      "trade_locks",
      "trades",
      "user_risk",
      "users",
      "venues",
    ];
    expect(await tablesWithout("DELETE")).toEqual(["_prisma_migrations", ...appendOnly, ...kept, ...sums].toSorted());
  });

  it.each([
    ["change a ledger line", "UPDATE ledger_entries SET amount = 0"],
    ["delete one", "DELETE FROM ledger_entries WHERE false"],
    ["change an audit entry", "UPDATE audit_entries SET action = action WHERE false"],
    ["change what a trade earned", "UPDATE trades SET realized_pnl = 0"],
    ["lock one as if to change it", "SELECT 1 FROM trades FOR UPDATE"],
    ["change a verdict", "UPDATE verdicts SET outcome = 'approved'"],
    ["say what a bot has", "UPDATE bot_balances SET amount = amount + 1"],
    ["delete a fill", "DELETE FROM fills"],
    ["delete an order", "DELETE FROM orders"],
    ["empty a table", "TRUNCATE live_events"],
    ["add a column", "ALTER TABLE bots ADD COLUMN extra int"],
    ["switch a trigger off", "ALTER TABLE ledger_entries DISABLE TRIGGER ALL"],
    ["switch all of them off", "SET session_replication_role = replica"],
    ["replace the trigger's function", "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''"],
    ["drop a table", "DROP TABLE candles"],
    ["make a table", "CREATE TABLE mine (id int)"],
    ["make a temporary one", "CREATE TEMPORARY TABLE mine (id int)"],
    ["make a schema", "CREATE SCHEMA mine"],
    ["make a table of the runner", "CREATE TABLE runner.mine (id int)"],
    ["say that the runner is newer", "INSERT INTO runner.schema_version (version) VALUES (99)"],
    ["say that a migration ran", "DELETE FROM _prisma_migrations"],
    ["make a role", "CREATE ROLE mine"],
    ["become the owner", "SET ROLE postgres"],
    ["run a program", "COPY users TO PROGRAM 'cat'"],
    ["read the server's files", "SELECT pg_read_file('PG_VERSION')"],
  ])("may not %s", async (_what, statement) => {
    await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it("says nothing of what the runner's own schema is", async () => {
    const rights = await namesOf(`SELECT privilege_type AS name FROM information_schema.table_privileges
      WHERE table_schema = 'runner' AND table_name = 'schema_version' AND grantee = '${APP_ROLE}'`);
    expect(rights).toEqual(["SELECT"]);
  });

  it("loses with the next migration what somebody gave it beyond", async () => {
    await owner.query(`GRANT ALL ON trades, live_events TO ${APP_ROLE}`);
    await migrateDatabase({ owner: database.ownerUrl, app: database.url }, true);
    await expect(app.query("TRUNCATE live_events")).rejects.toThrow(/permission denied/);
    await expect(app.query("UPDATE trades SET fees = 0")).rejects.toThrow(/permission denied/);
  });

  it("works with the tables that a later migration makes", async () => {
    await owner.query("CREATE TABLE later (id bigserial PRIMARY KEY, text text)");
    await app.query("INSERT INTO later (text) VALUES ('a')");
    await app.query("UPDATE later SET text = 'b'");
    await app.query("DELETE FROM later");
    await expect(app.query("TRUNCATE later")).rejects.toThrow(/permission denied/);
    await owner.query("DROP TABLE later");
  });
});

it("a database that knows its owner alone gives the app's role its rights in place, as often as it is asked", async () => {
  await owner.query("INSERT INTO users (id, email) VALUES ('00000000-0000-7000-8000-000000000001', 'old@example.org')");
  const readUsers = () => app.query("SELECT email FROM users");
  const rightsOf = () => namesOf("SELECT coalesce(relacl::text, '') AS name FROM pg_class ORDER BY oid");
  const before = await rightsOf();
  await owner.query(`DROP OWNED BY ${APP_ROLE}`);
  await expect(readUsers()).rejects.toThrow(/permission denied/);
  const migrate = () => migrateDatabase({ owner: database.ownerUrl, app: database.url }, true);
  await migrate();
  expect((await readUsers()).rows).toEqual([{ email: "old@example.org" }]);
  await Promise.all([migrate(), migrate()]);
  expect(await rightsOf()).toEqual(before);
});

describe("where the direct address is another role's", () => {
  const readUsers = (url: string) => queryOne(url, "SELECT count(*)::int AS count FROM users");

  it("the owner's: the app's role gets its rights, and its address is the one for sessions", async () => {
    await owner.query(`DROP OWNED BY ${APP_ROLE}`);
    const urls = { owner: database.ownerUrl, app: database.url, direct: database.ownerUrl };
    expect(await migrateDatabase(urls, true)).toBe(database.url);
    expect(await readUsers(database.url)).toBe(1);
  });

  it("a third one's: both get their rights, and it is for sessions", async () => {
    const name = `direct_${new URL(database.url).pathname.slice(1)}`;
    await owner.query(`CREATE ROLE ${name} LOGIN PASSWORD 'direct'`);
    const direct = new URL(database.url);
    [direct.username, direct.password] = [name, "direct"];
    await owner.query(`DROP OWNED BY ${APP_ROLE}`);
    const urls = { owner: database.ownerUrl, app: database.url, direct: direct.href };
    expect(await migrateDatabase(urls, true)).toBe(direct.href);
    expect(await readUsers(database.url)).toEqual(await readUsers(direct.href));
    await owner.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
  });

  it("one role does all where it is the owner by every address", async () => {
    const urls = {
      owner: database.ownerUrl,
      app: database.ownerUrl,
      direct: `${database.ownerUrl}?application_name=a`,
    };
    expect(await migrateDatabase(urls, true)).toBe(urls.direct);
  });
});

it("who may not migrate is told whose address is missing", async () => {
  await owner.query("DELETE FROM _prisma_migrations WHERE migration_name LIKE '%venue_speed'");
  const migrating = migrateDatabase({ owner: database.url, app: database.url });
  await expect(migrating).rejects.toThrow(/Set OWNER_DATABASE_URL to the role that owns the tables/);
});
