import path from "node:path";
import type { Plan } from "./run-all";
import type { Check, Lane } from "./run-checks";

const npmScript = (name: string): Check => ({ name, command: ["npm", "run", "-s", name] });

/** One of the projects of vitest.config.ts; its report goes to `folder`. Says nothing of what passed. */
const suite = (project: string, folder: string): Check => {
  const report = path.join(folder, `${project}.json`);
  const flags = ["--reporter=minimal", "--reporter=json", `--outputFile.json=${report}`];
  return { name: `test:${project}`, command: ["npm", "run", "-s", `test:${project}`, "--", ...flags], report };
};

/** Must be done before the others, which read the generated client. */
const preparation: Lane = [npmScript("generate")];

const statics: Lane = [npmScript("lint"), npmScript("format:check"), npmScript("arch"), npmScript("dead")];

/** A few of the planted defects of `prove:mutants`: always the same ones, so that only a change can turn it red. */
const MUTANTS_SAMPLED = "20";
const MUTANTS_SEED = "0xbot";
const mutantSample: Check = {
  name: "mutants",
  command: ["npm", "run", "-s", "prove:mutants", "--", "--sample", MUTANTS_SAMPLED, "--seed", MUTANTS_SEED],
};

const browserSuite = (folder: string): Check => {
  const report = path.join(folder, "e2e.json");
  return { name: "test:e2e", command: ["npm", "run", "-s", "test:e2e", "--", "--report", report], report };
};

/** No database, no network: what is run before each commit. */
export const quickPlan = (folder: string): Plan => ({
  before: preparation,
  lanes: [[suite("unit", folder)], [npmScript("typecheck"), ...statics]],
});

/**
 * Everything, in two lanes for two cores. One builds the product and uses it, mostly waiting for it; the other computes.
 * Build and type check write the same generated types, so they stand in one lane, as do the tests that need the build.
 */
export const wholePlan = (folder: string): Plan => ({
  before: preparation,
  lanes: [
    [npmScript("typecheck"), npmScript("build"), suite("http", folder), browserSuite(folder), ...statics],
    [suite("unit", folder), suite("db", folder), mutantSample, npmScript("drift")],
  ],
});
