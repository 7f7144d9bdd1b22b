import { runCommand } from "../run-command";
import { readReport } from "./read-report";

/** One check: a command that must exit with 0. With a `report` it is a suite, and its cases are counted. */
export type Check = {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the command writes the JSON report of Vitest or Playwright. */
  readonly report?: string;
  /** Whether it lets the others compute first. */
  readonly isPatient?: boolean;
};

/** `failures`: the names of what failed. */
export type Tally = { readonly passed: number; readonly failed: number; readonly failures: readonly string[] };

/** Checks that run one after another, even after a failure. */
export type Lane = readonly Check[];

/**
 * Runs lanes side by side; a lane that has done its own goes on with what is left of `shared`, in its order. Reports each
 * check's end through `print`, with its output when it failed.
 */
export const runLanes = async (
  lanes: readonly Lane[],
  print: (text: string) => void,
  shared: Lane = [],
): Promise<Tally> => {
  const waiting = [...shared];
  const runLane = async (lane: Lane): Promise<Tally> => {
    const own = [...lane];
    const tallies: Tally[] = [];
    for (let check = own.shift(); check; check = own.shift() ?? waiting.shift()) {
      tallies.push(await runCheck(check, print));
    }
    return addTallies(tallies);
  };
  return addTallies(await Promise.all(lanes.map(runLane)));
};

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  failures: tallies.flatMap(({ failures }) => failures),
});

/** Names the failures at the end of the output, so that a log that is cut off still shows them. */
export const describeTally = ({ passed, failed, failures }: Tally): string =>
  [...failures.map((name) => `failed: ${name}`), `${passed} passed, ${failed} failed`].join("\n");

const runCheck = async (check: Check, print: (text: string) => void): Promise<Tally> => {
  const { code, output, durationMs } = await runCommand(check.command, {
    env: { NO_COLOR: "1" },
    isPatient: check.isPatient ?? false,
  });
  const tally = tallyOf(check, code);
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
  const cases = check.report === undefined ? "" : `  ${tally.passed} passed, ${tally.failed} failed`;
  const verdict = tally.failed === 0 ? "ok    " : "FAILED";
  const details = tally.failed === 0 ? "" : `\n${output.trim() || "(no output)"}\n`;
  print(`${verdict} ${check.name.padEnd(12)} ${seconds}${cases}${details}`);
  return tally;
};

const tallyOf = ({ name, report }: Check, code: number): Tally => {
  if (report === undefined) {
    return code === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [name] };
  }
  const { passed, failed, failures } = readReport(report);
  // A suite without cases proves nothing; a suite may also fail outside its cases.
  const isBroken = failed === 0 && (code !== 0 || passed === 0);
  if (isBroken) return { passed, failed: 1, failures: [`${name}, outside of its cases`, ...failures] };
  return { passed, failed, failures: failures.map((failure) => `${name}: ${failure}`) };
};
