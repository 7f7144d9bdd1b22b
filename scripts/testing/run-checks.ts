import { existsSync, readFileSync } from "node:fs";
import { runCommand } from "../run-command";

/** One thing that must hold: a command that ends with 0. With a `report` it is a suite, and its cases count. */
export type Check = {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the command writes the JSON report of Vitest or Playwright. */
  readonly report?: string;
};

export type Tally = { readonly passed: number; readonly failed: number };

type VitestReport = { readonly numPassedTests: number; readonly numFailedTests: number };
type PlaywrightReport = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
};

/** Two cores are what we can count on. */
const AT_ONCE = 2;

/** Runs independent checks two at a time; tells each one's end through `print`, with its output when it failed. */
export const runChecks = async (checks: readonly Check[], print: (text: string) => void): Promise<Tally> => {
  const waiting = [...checks];
  const tallies: Tally[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) tallies.push(await runCheck(check, print));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return addTallies(tallies);
};

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
});

const runCheck = async (check: Check, print: (text: string) => void): Promise<Tally> => {
  const { code, output, durationMs } = await runCommand(check.command);
  const tally = tallyOf(check, code);
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
  const cases = check.report === undefined ? "" : `  ${tally.passed} passed, ${tally.failed} failed`;
  const verdict = tally.failed === 0 ? "ok    " : "FAILED";
  const details = tally.failed === 0 ? "" : `\n${output.trim() || "(no output)"}\n`;
  print(`${verdict} ${check.name.padEnd(12)} ${seconds}${cases}${details}`);
  return tally;
};

const tallyOf = ({ report }: Check, code: number): Tally => {
  if (report === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const { passed, failed } = readReport(report);
  // A suite without a case proves nothing; one may also break outside of its cases.
  const isBroken = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: isBroken ? 1 : failed };
};

const readReport = (file: string): Tally => {
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport | PlaywrightReport;
  if (!("stats" in report)) return { passed: report.numPassedTests, failed: report.numFailedTests };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky };
};
