import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { addTallies, describeTally, runLanes, type Lane } from "./run-checks";

/** `before` runs alone; after it the lanes run side by side, and whichever has ended goes on with what is `shared`. */
export type Plan = { readonly before: Lane; readonly lanes: readonly Lane[]; readonly shared: Lane };

const print = (text: string): void => console.log(text);

/** Runs all checks of a plan, even after a failure; the last line is "N passed, N failed". */
export const runAll = async (planIn: (folder: string) => Plan): Promise<void> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-reports-"));
  try {
    const { before, lanes, shared } = planIn(folder);
    const tally = addTallies([await runLanes([before], print), await runLanes(lanes, print, shared)]);
    print(describeTally(tally));
    process.exitCode = tally.failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
