import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { ensureSecret, secretFile } from "./secrets";

const NAME = "model-keys";
const SECRET_BYTES = 32;
const NAME_BYTES = 4;

const createSecret = (): string =>
  `local-${randomBytes(NAME_BYTES).toString("hex")}:${randomBytes(SECRET_BYTES).toString("base64")}`;

/** What users' keys of models are sealed by in a data folder, as MODEL_KEY_SECRETS has it; made at the first call. */
export const ensureModelSecrets = (folder: string): string => ensureSecret(folder, NAME, createSecret);

/** Puts a new secret before those of the folder, and returns them all. */
export const addModelSecret = (folder: string): string => {
  const secrets = `${createSecret()},${ensureModelSecrets(folder)}`;
  const file = secretFile(folder, NAME);
  writeFileSync(`${file}.tmp`, `${secrets}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.tmp`, file);
  return secrets;
};
