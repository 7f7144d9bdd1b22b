import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { installed, runCommand } from "./run-command";

const USAGE = `Usage: npm run -s prove:commands -- [--sequences <count>] [--seed <number>]

Tells bots random commands while their cycles run, are killed, are looked at and guarded: each command ends, each effect
comes once, a bot that is paused or stopped enters nothing, and the books are sound. npm test runs a few by a fixed seed.

  --sequences <count>  how many; ten are lived together, by the 20 bots of one user (default: 1000)
  --seed <number>      by which they are drawn (default: a new one, which is told)`;

const TEST = "src/server/steering/command-sequences.db.test.ts";
const { values } = parseArgs({
  options: {
    sequences: { type: "string", default: "1000" },
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
    help: { type: "boolean" },
  },
});
const isCount = (text: string): boolean => /^\d{1,10}$/.test(text);

if (values.help || !isCount(values.sequences) || !isCount(values.seed)) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 1;
} else {
  const { code, output, durationMs } = await runCommand(
    [installed("vitest"), "run", "--project", "db", "--reporter=minimal", "--testTimeout=86400000", TEST],
    { env: { COMMAND_SEQUENCES: values.sequences, PROPERTY_SEED: values.seed, NO_COLOR: "1" } },
  );
  if (code !== 0) process.stdout.write(`${output.trim()}\n`);
  const verdict = code === 0 ? "every one held" : "FAILED";
  process.stdout.write(
    `${values.sequences} sequences by seed ${values.seed}, ${Math.round(durationMs / 1000)} s: ${verdict}\n`,
  );
  process.exitCode = code;
}
