import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const SECRET_BYTES = 32;

/**
 * The secret of the session cookie for an app that runs on this machine: made once, kept in `folder` for its owner's
 * eyes only, so that a restart signs nobody out.
 */
export const ensureLocalSecret = (folder: string): string => {
  const file = path.join(folder, "nextauth-secret");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(SECRET_BYTES).toString("hex"), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8");
};
