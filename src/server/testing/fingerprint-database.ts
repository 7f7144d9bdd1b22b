import type { Database } from "../db/client";

/** What a refusal may leave behind: how often somebody tried, and in the audit that somebody failed. */
const KEPT_OF_REFUSALS: Readonly<Record<string, string>> = {
  rate_limits: "false",
  audit_entries: "r.action NOT IN ('sign-in-failed', 'password-change-failed', 'confirmation-failed')",
};
/** When a session was last used is written by the look-up of every request, refused or not. */
const NOT_COMPARED = "last_seen_at";

/** A statement whose answer is the same when and only when no row of any table has changed. */
const statementOf = (tables: readonly string[]): string =>
  tables
    .map(
      (table) => `
      SELECT '${table}' AS name, count(*) || ' ' || md5(coalesce(string_agg(t, E'\\n' ORDER BY t), '')) AS hash
      FROM (SELECT (to_jsonb(r) - '${NOT_COMPARED}')::text AS t FROM "${table}" r
        WHERE ${KEPT_OF_REFUSALS[table] ?? "true"}) AS rows`,
    )
    .join(" UNION ALL ");

/**
 * Reads the number and a hash of all rows of every table of the product, by the table's name. Left out is only what a
 * refusal may leave behind, and when sessions were seen.
 */
export const openFingerprint = async (db: Database): Promise<() => Promise<Readonly<Record<string, string>>>> => {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT') ORDER BY 1`;
  if (tables.length < 40) throw new Error(`only ${tables.length} tables can be read: that proves nothing`);
  const statement = statementOf(tables.map(({ name }) => name));
  return async () => {
    const rows = await db.$queryRawUnsafe<{ name: string; hash: string }[]>(statement);
    return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
  };
};
