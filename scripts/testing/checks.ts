import path from "node:path";
import type { Check } from "./run-checks";

const npmScript = (name: string): Check => ({ name, command: ["npm", "run", "-s", name] });

/** One of the projects of vitest.config.ts; its report goes to `folder`. */
const suite = (project: string, folder: string): Check => {
  const report = path.join(folder, `${project}.json`);
  const flags = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return { name: `test:${project}`, command: ["npm", "run", "-s", `test:${project}`, "--", ...flags], report };
};

/** Must be done before the others, which read the generated client. */
export const preparation: readonly Check[] = [npmScript("generate")];

/** No database, no network: what is run before each commit. The slowest first. */
export const quickChecks = (folder: string): readonly Check[] => [
  suite("unit", folder),
  npmScript("typecheck"),
  npmScript("lint"),
  npmScript("format:check"),
  npmScript("arch"),
  npmScript("dead"),
];

/** Alone, since its cases wait for processes. */
export const databaseChecks = (folder: string): readonly Check[] => [suite("db", folder)];

/** A few of the planted defects of `prove:mutants`: always the same ones, so that only a change can turn it red. */
const MUTANTS_SAMPLED = "20";
const MUTANTS_SEED = "0xbot";
const mutantSample: Check = {
  name: "mutants",
  command: ["npm", "run", "-s", "prove:mutants", "--", "--sample", MUTANTS_SAMPLED, "--seed", MUTANTS_SEED],
};

/** After the type check: it and the build both write Next's generated types. */
export const productChecks: readonly Check[] = [npmScript("build"), mutantSample, npmScript("drift")];

/** Over HTTP against the build, so after it. */
export const httpChecks = (folder: string): readonly Check[] => [suite("http", folder)];

/** In a browser against the whole product, so after the build and alone. */
export const browserChecks = (folder: string): readonly Check[] => {
  const report = path.join(folder, "e2e.json");
  return [{ name: "test:e2e", command: ["npm", "run", "-s", "test:e2e", "--", "--report", report], report }];
};
