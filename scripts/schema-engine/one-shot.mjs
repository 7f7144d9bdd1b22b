import {
  createDatabase,
  DATABASE_EXISTS,
  dropDatabase,
  NO_SUCH_DATABASE,
  runSql,
  WRONG_PASSWORD,
} from "./databases.mjs";

/** Prisma's own codes; anything else reads as "cannot reach the server". */
const PRISMA_CODES = { [NO_SUCH_DATABASE]: "P1003", [WRONG_PASSWORD]: "P1000", [DATABASE_EXISTS]: "P1009" };
const UNREACHABLE = "P1001";

const COMMANDS = {
  "can-connect-to-database": (url) => runSql(url, "SELECT 1"),
  "create-database": createDatabase,
  "drop-database": dropDatabase,
};

/** The CLI skips the first line of stderr and parses the second. */
const report = (errorCode, message) => {
  const line = { level: "ERROR", target: "schema_engine::logger", fields: { message, error_code: errorCode } };
  process.stderr.write(`schema-engine (wasm)\n${JSON.stringify(line)}\n`);
};

/** `schema-engine cli <command>`: the answer is the exit code. */
export const runOneShot = async (command, url) => {
  const run = COMMANDS[command];
  try {
    if (!run) throw new Error(`The stand-in for Prisma's schema engine does not know the command "${command}".`);
    await run(url);
    return 0;
  } catch (error) {
    report(PRISMA_CODES[error.code] ?? UNREACHABLE, error.message || String(error));
    return 1;
  }
};
