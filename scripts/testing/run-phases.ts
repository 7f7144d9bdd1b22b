import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { addTallies, runChecks, type Check, type Tally } from "./run-checks";

/** Runs each phase after the one before, also when that failed; ends with the line "N passed, N failed". */
export const runPhases = async (phasesIn: (folder: string) => readonly (readonly Check[])[]): Promise<void> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-reports-"));
  const tallies: Tally[] = [];
  try {
    for (const phase of phasesIn(folder)) tallies.push(await runChecks(phase, (text) => console.log(text)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { passed, failed } = addTallies(tallies);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
};
