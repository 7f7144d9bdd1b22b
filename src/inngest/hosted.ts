import { getDatabaseUrl, getEnvironment } from "~/env";
import { createRuntime } from "~/server/runtime";
import { chooseInngestMode, createInngestClient } from "./client";
import { createFunctions } from "./index";

const refuseEmbedded = (): Promise<Response> => Promise.reject(new Error("the embedded runner has no endpoint"));

/** Client and functions for an Inngest outside this process; null in embedded mode, where the runner executes them. */
export const createHostedFunctions = () => {
  const environment = getEnvironment();
  const mode = chooseInngestMode(environment, refuseEmbedded);
  if (mode.kind === "embedded") return null;
  const client = createInngestClient(mode);
  const runtime = createRuntime({ databaseUrl: getDatabaseUrl("DATABASE_URL", environment) });
  return { client, functions: createFunctions(client, runtime) };
};
