import { fileURLToPath } from "node:url";

/** The repository's root, wherever the script was started from. */
export const PROJECT_FOLDER = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");
