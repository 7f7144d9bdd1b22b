import path from "node:path";
import type { Plan } from "./run-all";
import type { Check, Lane } from "./run-checks";

const npmScript = (name: string): Check => ({ name, command: ["npm", "run", "-s", name] });

/** One of the projects of vitest.config.ts; its report goes to `folder`. Prints only failures. */
const suite = (project: string, folder: string): Check => {
  const report = path.join(folder, `${project}.json`);
  const flags = ["--reporter=minimal", "--reporter=json", `--outputFile.json=${report}`];
  return { name: `test:${project}`, command: ["npm", "run", "-s", `test:${project}`, "--", ...flags], report };
};

/** Runs before the others, which read the generated client. */
const preparation: Lane = [npmScript("generate")];

const statics: Lane = [npmScript("lint"), npmScript("format:check"), npmScript("arch"), npmScript("dead")];

/** A few of the mutants of `prove:mutants`, always the same ones, so that only a change of code can make it fail. */
const MUTANTS_SAMPLED = "10";
const MUTANTS_SEED = "0xbot";
const mutantSample: Check = {
  name: "mutants",
  command: ["npm", "run", "-s", "prove:mutants", "--", "--sample", MUTANTS_SAMPLED, "--seed", MUTANTS_SEED],
};

const browserSuite = (folder: string): Check => {
  const report = path.join(folder, "e2e.json");
  return { name: "test:e2e", command: ["npm", "run", "-s", "test:e2e", "--", "--report", report], report };
};

/** Runs before each commit; needs no database and no network. */
export const quickPlan = (folder: string): Plan => ({
  before: preparation,
  lanes: [[suite("unit", folder)], [npmScript("typecheck")]],
  shared: statics,
});

/**
 * Everything, in three lanes for two cores: one builds the product and mostly waits for it, one waits for PostgreSQL and
 * for processes as much as it computes, and one computes. Build and type check write the same generated types, so they
 * share a lane; the tests that need the build are in it too.
 */
export const wholePlan = (folder: string): Plan => ({
  before: preparation,
  lanes: [
    [npmScript("typecheck"), npmScript("build"), browserSuite(folder), suite("http", folder)],
    [suite("db", folder)],
    [suite("unit", folder), mutantSample, ...statics, npmScript("drift")],
  ],
  shared: [],
});
