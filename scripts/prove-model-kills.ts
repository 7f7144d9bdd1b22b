import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { installed, runCommand } from "./run-command";

const USAGE = `Usage: npm run -s prove:model-kills -- [--kills <count>] [--seed <number>]

Kills a process while it asks a model, each time at another statement, and lets another one go on: no prompt of a cycle is
sent twice where its reply may have been paid, the cycle ends, and budgets and books are right. npm test kills a few by a
fixed seed.

  --kills <count>   how many (default: 100, some 3 s each)
  --seed <number>   by which they are drawn (default: a new one, which is told)`;

const TEST = "src/server/cycle/killed-asker.db.test.ts";
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
    help: { type: "boolean" },
  },
});
const isCount = (text: string): boolean => /^\d{1,10}$/.test(text);

if (values.help || !isCount(values.kills) || !isCount(values.seed)) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 1;
} else {
  const { code, output, durationMs } = await runCommand(
    [installed("vitest"), "run", "--project", "db", "--reporter=minimal", TEST],
    { env: { MODEL_KILLS: values.kills, MODEL_KILLS_SEED: values.seed, NO_COLOR: "1" } },
  );
  if (code !== 0) process.stdout.write(`${output.trim()}\n`);
  const verdict = code === 0 ? "nothing was asked twice" : "FAILED";
  process.stdout.write(
    `${values.kills} kills by seed ${values.seed}, ${Math.round(durationMs / 1000)} s: ${verdict}\n`,
  );
  process.exitCode = code;
}
