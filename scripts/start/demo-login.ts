import { ensureLogin } from "../../src/server/auth/ensure-login";
import { AppError } from "../../src/server/errors";
import { createRuntime } from "../../src/server/runtime";
import { createReadablePassword, ensureSecret, secretFile } from "./secrets";
import { DEMO_EMAIL } from "../../src/server/venues/speed-rights";
import { StartError } from "./start-error";

const SECRET = "demo-password";

/**
 * Lets the demo's user sign in with the password in `<folder>/secrets/demo-password`, made at the first start. Returns
 * "<e-mail> / <password>", for the terminal only. Throws StartError for an invalid password in that file.
 */
export const ensureDemoLogin = async (databaseUrl: string, dataFolder: string): Promise<string> => {
  const password = ensureSecret(dataFolder, SECRET, createReadablePassword);
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    await ensureLogin(runtime, { email: DEMO_EMAIL, password });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StartError(`${secretFile(dataFolder, SECRET)}: ${error.message} Correct it, or delete the file.`);
  } finally {
    await runtime.close();
  }
  return `${DEMO_EMAIL} / ${password}`;
};
