import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const BYTES = 32;

/** The secret of a name in `<folder>/secrets`, made by chance at the first call; readable by its owner alone. */
export const ensureSecret = (folder: string, name: string): string => {
  const place = path.join(folder, "secrets");
  const file = path.join(place, name);
  if (!existsSync(file)) {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const unfinished = `${file}.tmp`;
    writeFileSync(unfinished, `${randomBytes(BYTES).toString("hex")}\n`, { mode: 0o600, flush: true });
    renameSync(unfinished, file);
  }
  return readFileSync(file, "utf8").trim();
};
