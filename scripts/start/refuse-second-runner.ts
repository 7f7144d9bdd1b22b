import { isElsewhere, isSilent } from "../../src/server/health/judge-beats";
import { readVitals } from "../../src/server/health/read-beats";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { StartError } from "./start-error";

/** A database without current migrations may have no table of heartbeats: then no process works on it. */
const hasBeats = async ({ db }: Runtime): Promise<boolean> => {
  const [row] = await db.$queryRaw<[{ found: boolean }]>`SELECT to_regclass('process_heartbeats') IS NOT NULL AS found`;
  return row.found;
};

/** Throws StartError when the other kind of runner works on this database: two would block each other's bots. */
export const refuseSecondRunner = async (databaseUrl: string, isHosted: boolean): Promise<void> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    if (!(await hasBeats(runtime))) return;
    const { beats } = await readVitals(runtime);
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
    await runtime.close();
  }
};
