import pg from "pg";

/** Records of people and of money: the product changes some of them, but deletes none. */
const NEVER_DELETED = [
  "users",
  "invites",
  "user_risk",
  "accounts",
  "venues",
  "markets",
  "bots",
  "order_intents",
  "orders",
  "positions",
  "trades",
  "commands",
  "trade_locks",
  "proposals",
  "model_spend",
] as const;

/** Records of events: the product adds a row and never changes it, though it may delete some later. */
const NEVER_UPDATED = [
  "trades",
  "order_intents",
  "analyses",
  "decisions",
  "verdicts",
  "equity_points",
  "activities",
  "invariant_checks",
  "live_events",
] as const;

/** Sums of other tables' rows, which those tables' triggers write. */
const KEPT_BY_TRIGGERS = ["bot_balances", "equity_memories", "refusal_counts", "trade_totals"] as const;

/** What the role may in a schema, also in tables that a later migration makes. */
const rightsIn = (schema: string, role: string): string => `
  GRANT USAGE ON SCHEMA ${schema} TO ${role};
  REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${role};`;

/** Revokes from the role what a table's trigger refuses to everybody. Bits of tgtype: 8 delete, 16 update. */
const appendOnly = (role: string): string => `
  DO $do$
  DECLARE
    kept record;
    role constant text := ${pg.escapeLiteral(role)};
  BEGIN
    FOR kept IN
      SELECT tgrelid::regclass AS name, (tgtype & 8) > 0 AS no_delete, (tgtype & 16) > 0 AS no_update
      FROM pg_trigger WHERE tgfoid = 'public.refuse_change'::regproc
    LOOP
      IF kept.no_delete THEN EXECUTE format('REVOKE DELETE ON %s FROM %I', kept.name, role); END IF;
      IF kept.no_update THEN EXECUTE format('REVOKE UPDATE ON %s FROM %I', kept.name, role); END IF;
    END LOOP;
  END $do$;`;

/**
 * Gives a role the rights that the product needs in a database, and revokes all others: it reads and writes rows,
 * changes records only as the product does, and cannot create, change or empty tables. Run as the owner of the tables
 * after every migration; repeatable, in one transaction.
 */
export const grantRights = async (owner: pg.Pool, roleName: string): Promise<void> => {
  const role = pg.escapeIdentifier(roleName);
  const { rows } = await owner.query<{ name: string }>("SELECT current_database() AS name");
  // Several statements in one query are one transaction.
  await owner.query(`
    -- Two starts at once would else change the same rows of the catalogue.
    SELECT pg_advisory_xact_lock(hashtext('0xbot.rights'));
    REVOKE TEMPORARY ON DATABASE ${pg.escapeIdentifier(rows[0]?.name ?? "")} FROM PUBLIC;
    ${rightsIn("public", role)}
    ${rightsIn("runner", role)}
    REVOKE INSERT, UPDATE, DELETE ON public._prisma_migrations FROM ${role};
    REVOKE INSERT, UPDATE, DELETE ON runner.schema_version FROM ${role};
    REVOKE DELETE ON ${NEVER_DELETED.join(", ")} FROM ${role};
    REVOKE UPDATE ON ${NEVER_UPDATED.join(", ")} FROM ${role};
    REVOKE INSERT, UPDATE, DELETE ON ${KEPT_BY_TRIGGERS.join(", ")} FROM ${role};
    ${appendOnly(roleName)}`);
};
