import { installed, runCommand } from "./run-command";

const USAGE = `Usage: npm run -s prove:lives

Lives bots of every mode through the whole stack, once with a run in each slot and once with looks and the runs that they
leave, and compares each with the pure step, to the last digit. npm test has only some of the lives in runs alone.`;

const TEST = "src/server/looks/advance-bot.db.test.ts";

if (process.argv.length > 2) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = process.argv.includes("--help") ? 0 : 1;
} else {
  const { code, output, durationMs } = await runCommand(
    [installed("vitest"), "run", "--project", "db", "--reporter=minimal", TEST],
    { env: { LIVES_ALONE: "100", NO_COLOR: "1" } },
  );
  if (code !== 0) process.stdout.write(`${output.trim()}\n`);
  process.stdout.write(`${Math.round(durationMs / 1000)} s: ${code === 0 ? "all alike" : "FAILED"}\n`);
  process.exitCode = code;
}
