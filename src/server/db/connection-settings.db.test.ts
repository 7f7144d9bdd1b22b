import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import type { Runtime } from "../runtime";

let database: TestDatabase;
let runtime: Runtime;
openBed((opened) => ({ database, runtime } = opened));
beforeAll(async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `ALTER DATABASE "${new URL(database.ownerUrl).pathname.slice(1)}" SET timezone TO 'Pacific/Auckland'`,
  );
  await owner.end();
});

it("a time is the one that was stored, in whatever zone the server is", async () => {
  const [row] = await runtime.db.$queryRaw<{ start: Date; day: string }[]>`
    SELECT to_timestamp(0) AS start, '2026-11-28T12:30:00Z'::timestamptz::date::text AS day`;
  expect(row).toEqual({ start: new Date(0), day: "2026-11-28" });
  const id = runtime.newId();
  const createdAt = new Date("2026-11-28T12:30:00Z");
  await runtime.db.user.create({ data: { id, email: `${id}@example.org`, createdAt } });
  const [stored] = await runtime.db.$queryRaw<{ ms: number }[]>`
    SELECT (extract(epoch FROM created_at) * 1000)::float8 AS ms FROM users WHERE id = ${id}::uuid`;
  expect(stored?.ms).toBe(createdAt.getTime());
  expect((await runtime.db.user.findUniqueOrThrow({ where: { id } })).createdAt).toEqual(createdAt);
});
