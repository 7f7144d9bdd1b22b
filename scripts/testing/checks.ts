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
const MUTANTS_SAMPLED = "6";
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

const patiently = (lane: Lane): Lane => lane.map((check) => ({ ...check, isPatient: true }));

/**
 * Everything, in three lanes for two cores: one waits for browsers most of its time, one for PostgreSQL and for processes,
 * and one computes. The first is the longest and must not wait for the others too. The build comes before them all: the
 * first needs it, and the type check writes the same generated types. What is left is for whichever lane ends first, so that
 * no core stands still at the end.
 */
export const wholePlan = (folder: string): Plan => ({
  before: [...preparation, npmScript("build")],
  lanes: [
    [browserSuite(folder), suite("http", folder)],
    patiently([suite("db", folder)]),
    patiently([npmScript("typecheck"), suite("unit", folder)]),
  ],
  shared: patiently([mutantSample, ...statics, npmScript("drift")]),
});
