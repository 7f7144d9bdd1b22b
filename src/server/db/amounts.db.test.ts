import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { decimal, type Decimal } from "~/trading/money";
import { fromColumn, toColumn } from "./amounts";
import { createDatabase, type Database } from "./client";

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase({ url: database.ownerUrl, poolMax: 2 });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const amount: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.integer({ min: 0, max: 18 }))
  .map(([digits, places]) => decimal(`${digits}e-${places}`))
  .filter((value) => value.abs().lt("1e20"));

const EDGES = [
  "99999999999999999999.999999999999999999",
  "-99999999999999999999.999999999999999999",
  "1e-18",
  "-1e-18",
];

it("an amount stored through Prisma comes back digit for digit, and PostgreSQL holds the same digits", async () => {
  const values = [...EDGES.map(decimal), ...fc.sample(amount, 200)];
  // Only the ledger holds amounts of either sign; this test is not about the bot or the balance.
  await db.$executeRaw`ALTER TABLE ledger_entries DISABLE TRIGGER ALL`;
  const botId = "00000000-0000-7000-8000-000000000001";
  const line = { botId, account: "cash" as const, currency: "USDT", postedAt: new Date(0) };
  await db.ledgerEntry.createMany({
    data: values.map((value, index) => ({ ...line, transactionId: `t${index}`, amount: toColumn(value) })),
  });
  const rows = await db.ledgerEntry.findMany({ orderBy: { id: "asc" } });
  const texts = await db.$queryRaw<
    { text: string }[]
  >`SELECT trim_scale(amount)::text AS text FROM ledger_entries ORDER BY id`;
  expect(rows).toHaveLength(values.length);
  expect(rows.map((row) => fromColumn(row.amount).toFixed())).toEqual(values.map((value) => value.toFixed()));
  expect(texts.map(({ text }) => text)).toEqual(values.map((value) => (value.isZero() ? "0" : value.toFixed())));
});
