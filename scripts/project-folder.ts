import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const withPackage = (folder: string): string =>
  existsSync(path.join(folder, "package.json")) ? folder : withPackage(path.dirname(folder));

/** The repository's root, wherever the script was started from; compiled ones lie elsewhere in it. */
export const PROJECT_FOLDER = withPackage(path.dirname(fileURLToPath(import.meta.url)));
