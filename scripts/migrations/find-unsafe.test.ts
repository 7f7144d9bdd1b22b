import { describe, expect, it } from "vitest";
import { findUnsafe } from "./find-unsafe";
import { listMigrations } from "./list-migrations";

describe("every migration is done wholly or not at all, and leaves no trigger off", () => {
  it.each(listMigrations().map(({ name, sql }) => [name, sql] as const))("%s", (_name, sql) => {
    expect(findUnsafe(sql)).toEqual([]);
  });
});

describe("findUnsafe", () => {
  it.each([
    ["ALTER TABLE fills DISABLE TRIGGER no_change; UPDATE fills SET fee = 0;", /trigger no_change on fills off/],
    ["ALTER TABLE fills DISABLE TRIGGER a; ALTER TABLE orders ENABLE TRIGGER a;", /trigger a on fills off/],
    ["ALTER TABLE fills ENABLE TRIGGER a; ALTER TABLE fills DISABLE TRIGGER a;", /trigger a on fills off/],
    ["DO $$ BEGIN ALTER TABLE fills DISABLE TRIGGER ALL; END $$;", /trigger ALL on fills off/],
    ["ALTER TABLE fills ADD COLUMN a int, DISABLE TRIGGER b;", /another form/],
    ["ALTER TABLE fills ENABLE REPLICA TRIGGER b;", /another form/],
    ["SET session_replication_role = replica;", /only as SET LOCAL/],
    ["SELECT set_config('session_replication_role', 'replica', false);", /only as SET LOCAL/],
    ["SET search_path = other;", /write SET LOCAL/],
    ["BEGIN; SELECT 1; COMMIT;", /transaction of its own: BEGIN/],
    ["SELECT 1; -- kept\ncommit;", /transaction of its own: commit/],
    ["CREATE INDEX CONCURRENTLY a ON fills (fee);", /cannot run in a transaction/],
    ["VACUUM fills;", /cannot run in a transaction/],
  ])("refuses %s", (sql, problem) => {
    expect(findUnsafe(sql).join("\n")).toMatch(problem);
  });

  it.each([
    'ALTER TABLE "fills" DISABLE TRIGGER "a"; UPDATE fills SET fee = 0; ALTER TABLE "fills" ENABLE TRIGGER "a";',
    "SET LOCAL session_replication_role = replica; UPDATE fills SET fee = 0;",
    "SET CONSTRAINTS ALL DEFERRED; SELECT 'COMMIT; BEGIN';",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN COMMIT; RETURN 1; END; $body$;",
    "-- DISABLE TRIGGER a\nUPDATE fills SET fee = 0; /* COMMIT; */",
  ])("accepts %s", (sql) => {
    expect(findUnsafe(sql)).toEqual([]);
  });
});
