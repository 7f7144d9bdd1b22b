import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ReplayFolder } from "../scripts/replay/replay-folder";

/** A folder of its own that no replay resumes. */
export const temporaryReplayFolder = (): ReplayFolder => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-bench-"));
  chmodSync(folder, 0o711);
  return { path: folder, start: 1, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
