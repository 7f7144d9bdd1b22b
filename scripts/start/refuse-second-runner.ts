import pg from "pg";
import { connectionSettings } from "../../src/server/db/connection-settings";
import { createRawDatabase, type RawSql } from "../../src/server/db/raw-sql";
import { isElsewhere, isSilent } from "../../src/server/health/judge-beats";
import { readVitals } from "../../src/server/health/read-beats";
import { StartError } from "./start-error";

/** A database that was never migrated, or long ago, has no heartbeats: no process works on it. */
const hasBeats = async (db: RawSql): Promise<boolean> => {
  const [row] = await db.$queryRaw<[{ found: boolean }]>`SELECT to_regclass('process_heartbeats') IS NOT NULL AS found`;
  return row.found;
};

/** Throws StartError when the other kind of runner works on this database: two would block each other's bots. */
export const refuseSecondRunner = async (databaseUrl: string, isHosted: boolean): Promise<void> => {
  const pool = new pg.Pool(connectionSettings({ url: databaseUrl, poolMax: 1 }));
  pool.on("error", () => undefined);
  const db = createRawDatabase(pool);
  try {
    if (!(await hasBeats(db))) return;
    const { beats } = await readVitals({ db });
    if (isHosted && beats.runner && !isSilent(beats.runner)) {
      throw new StartError(
        "An embedded runner works on this database, and RUNNER=inngest would be a second one: " +
          "stop it, and start again 15 s later.",
      );
    }
    if (!isHosted && isElsewhere(beats)) {
      throw new StartError(
        "An Inngest server executes the functions of this database, and RUNNER=embedded would be a second runner: " +
          "set RUNNER=inngest, or stop that app and start again 3 minutes later.",
      );
    }
  } finally {
    await pool.end();
  }
};
