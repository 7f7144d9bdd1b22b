const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const BODIES = /\$(\w*)\$[\s\S]*?\$\1\$/g;
const STRINGS = /'(?:[^']|'')*'/g;
const SWITCHES = /ALTER\s+TABLE\s+(?:ONLY\s+)?(\S+)\s+(DISABLE|ENABLE)\s+TRIGGER\s+("[^"]+"|\w+)/gi;
const OTHER_SWITCH = /\b(DISABLE|ENABLE)\s+(?:REPLICA\s+|ALWAYS\s+)?(TRIGGER|RULE)\b/gi;
const ENDS_TRANSACTION = /^(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|PREPARE)\b/i;
const NEEDS_NONE = /\bCONCURRENTLY\b|^(VACUUM|ALTER\s+SYSTEM)\b/i;
const OUTLASTS = /^SET\s+(?!LOCAL\b|CONSTRAINTS\b)/i;

/** Triggers that stay off at the end of the script. */
const leftOff = (sql: string): string[] => {
  const off = new Set<string>();
  for (const [, table = "", verb = "", trigger = ""] of sql.matchAll(SWITCHES)) {
    const key = `${trigger} on ${table}`;
    if (verb.toUpperCase() === "DISABLE") off.add(key);
    else off.delete(key);
  }
  return [...off].map((key) => `switches trigger ${key} off and not on again`);
};

const unreadable = (sql: string): string[] =>
  [...sql.matchAll(OTHER_SWITCH)].length === [...sql.matchAll(SWITCHES)].length
    ? []
    : ["switches a trigger in another form than ALTER TABLE <table> DISABLE TRIGGER <name>, one a statement"];

const replicationRole = (sql: string): string[] =>
  [...sql.matchAll(/(SET\s+(?:LOCAL\s+)?)?\bsession_replication_role\b/gi)].some(
    ([, set = ""]) => !/^SET\s+LOCAL/i.test(set),
  )
    ? ["may name session_replication_role only as SET LOCAL, which ends with the transaction"]
    : [];

const ofStatement = (statement: string): string[] => {
  if (ENDS_TRANSACTION.test(statement)) return [`has a transaction of its own: ${statement}`];
  if (NEEDS_NONE.test(statement)) return [`cannot run in a transaction: ${statement}`];
  return OUTLASTS.test(statement) ? [`sets what outlasts it, so write SET LOCAL: ${statement}`] : [];
};

/**
 * What keeps a migration from being atomic, or leaves rows unguarded after it, in words. Each migration runs in one
 * transaction: a trigger that it switches off and on again is off for nobody else.
 */
export const findUnsafe = (migration: string): readonly string[] => {
  const sql = migration.replace(COMMENTS, " ");
  const statements = sql
    .replace(BODIES, " ")
    .replace(STRINGS, "''")
    .split(";")
    .map((statement) => statement.trim());
  return [...leftOff(sql), ...unreadable(sql), ...replicationRole(sql), ...statements.flatMap(ofStatement)];
};
