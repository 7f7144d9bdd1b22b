import { readBeats } from "../../src/server/health/read-beats";
import { createRuntime } from "../../src/server/runtime";
import { StartError } from "./start-error";

/** Throws StartError where an embedded runner works on this database: two that execute would hold each other's bots. */
export const refuseSecondRunner = async (databaseUrl: string): Promise<void> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    const { runner } = await readBeats(runtime);
    if (runner?.isFresh !== true) return;
  } finally {
    await runtime.close();
  }
  throw new StartError(
    "An embedded runner works on this database, and RUNNER=inngest would be a second one: " +
      "stop it, and start again 15 s later.",
  );
};
