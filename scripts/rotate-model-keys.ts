/**
 * Seals every user's key of a model by the newest secret: npm run -s models:rotate-keys. The secrets are those of
 * MODEL_KEY_SECRETS, the newest first; without it a new one is made in this folder.
 */
import { getEnvironment } from "../src/env";
import { parseKeySecrets } from "../src/server/models/model-settings-of";
import { rotateModelKeys } from "../src/server/models/rotate-model-keys";
import { createRuntime } from "../src/server/runtime";
import { addModelSecret } from "./start/model-secrets";
import { DATA_FOLDER, findDatabaseUrl } from "./start/own-database";

const rotate = async (): Promise<void> => {
  const databaseUrl = findDatabaseUrl();
  const secrets = getEnvironment().MODEL_KEY_SECRETS ?? addModelSecret(DATA_FOLDER);
  const runtime = createRuntime({ databaseUrl, poolMax: 1, models: { keySecrets: parseKeySecrets(secrets) } });
  try {
    const { rotated, unreadable } = await rotateModelKeys(runtime);
    console.log(`${rotated} ${rotated === 1 ? "key is" : "keys are"} sealed anew. Start 0xBot again to use them.`);
    if (unreadable > 0) console.log(`${unreadable} could not be opened: their users have to enter them again.`);
  } finally {
    await runtime.close();
  }
};

try {
  await rotate();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
