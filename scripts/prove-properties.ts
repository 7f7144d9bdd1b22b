import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_FOLDER } from "./project-folder";
import { installed, runCommand } from "./run-command";

const USAGE = `Usage: npm run -s prove:properties -- [--times <count>] [--seed <number>]

Runs the tests that draw their cases by chance (fast-check) again and again, each time by another seed; npm test draws
by one fixed seed. Stops at the first that fails and tells its seed.

  --times <count>   how many seeds (default: 20)
  --seed <number>   this one only, as PROPERTY_SEED=<number> npm run test:unit does`;

const SEED_END = 2 ** 31;
const FOLDERS = ["src", "scripts", "simulators", "prisma", "bench"];

const isDrawn = (file: string): boolean =>
  /(?<!\.db)\.test\.tsx?$/.test(file) && readFileSync(path.join(PROJECT_FOLDER, file), "utf8").includes("fast-check");

/** The tests without a database that draw their cases. */
const findDrawn = (): string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(path.join(PROJECT_FOLDER, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      path.join(folder, name),
    ),
  ).filter(isDrawn);

const runOnce = (files: readonly string[], seed: number) =>
  runCommand([installed("vitest"), "run", "--project", "unit", "--reporter=minimal", ...files], {
    env: { PROPERTY_SEED: String(seed), NO_COLOR: "1" },
  });

const prove = async (seeds: readonly number[]): Promise<number> => {
  const files = findDrawn();
  for (const [index, seed] of seeds.entries()) {
    const { code, output, durationMs } = await runOnce(files, seed);
    const verdict = code === 0 ? "ok    " : "FAILED";
    process.stdout.write(
      `${verdict} seed ${seed} (${index + 1} of ${seeds.length}), ${Math.round(durationMs / 1000)} s\n`,
    );
    if (code === 0) continue;
    process.stdout.write(`${output.trim()}\n`);
    return 1;
  }
  process.stdout.write(`${seeds.length} seeds, ${files.length} files: every property held\n`);
  return 0;
};

const { values } = parseArgs({
  options: { times: { type: "string", default: "20" }, seed: { type: "string" }, help: { type: "boolean" } },
});
const times = Number(values.times);
const given = values.seed === undefined ? null : Number(values.seed);
const isValid = Number.isInteger(times) && times > 0 && (given === null || Number.isInteger(given));
if (values.help || !isValid) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 1;
} else {
  process.exitCode = await prove(given === null ? Array.from({ length: times }, () => randomInt(SEED_END)) : [given]);
}
