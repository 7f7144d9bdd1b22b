/**
 * Sets what a user allows all bots together, in quote currency, and shows it:
 * npm run -s user:limits -- --email you@example.org [--gross 50000] [--same-side 20000] [--daily-loss 500]
 * [--correlation 0.8]. "none" ends a limit; what is not named stays.
 */
import { parseArgs } from "node:util";
import { createRuntime } from "../src/server/runtime";
import { setUserLimits, type NewUserLimits } from "../src/server/users/set-user-limits";
import { findDatabaseUrl } from "./start/own-database";

const readOptions = (): NewUserLimits => {
  const { values } = parseArgs({
    options: {
      email: { type: "string", default: "" },
      gross: { type: "string" },
      "same-side": { type: "string" },
      "daily-loss": { type: "string" },
      correlation: { type: "string" },
    },
  });
  const { email, gross, correlation, "same-side": sameSide, "daily-loss": dailyLoss } = values;
  return { email, gross, sameSide, dailyLoss, correlation };
};

const inWords = (limit: string | null): string => limit ?? "not limited";

const setAndShow = async (wanted: NewUserLimits): Promise<void> => {
  const runtime = createRuntime({ databaseUrl: findDatabaseUrl(), poolMax: 1 });
  try {
    const { gross, sameSide, dailyLoss, correlation } = await setUserLimits(runtime, wanted);
    console.log(`All bots of ${wanted.email} together, in quote currency:`);
    console.log(`  value of all positions: ${inWords(gross)}`);
    console.log(`  value on one side of pairs with a correlation from ${correlation}: ${inWords(sameSide)}`);
    console.log(`  loss in a UTC day: ${inWords(dailyLoss)}`);
  } finally {
    await runtime.close();
  }
};

try {
  await setAndShow(readOptions());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
