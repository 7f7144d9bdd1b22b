import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PROJECT_FOLDER } from "./project-folder";
import { findFolderCircles } from "./folder-circles";
import { installed, runCommand, type CommandResult } from "./run-command";

export type Violation = { readonly rule: string; readonly from: string; readonly to: string };
export type ArchitectureReport = { readonly moduleCount: number; readonly violations: readonly Violation[] };

type CruiseResult = {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
};

/** The areas in which no two folders may import each other. */
const WITHOUT_CIRCLES = ["src/server/", "src/trading/", "src/inngest/embedded/"];
const FOLDERS = ["src", "simulators", "scripts", "bench", "e2e", "prisma"];

/**
 * Checks the tree at `folder` against the import rules of its .dependency-cruiser.cjs. Throws when a folder gave no
 * module: where the cruiser cannot parse TypeScript, it reads nothing and finds no fault.
 */
export const checkArchitecture = async (folder: string): Promise<ArchitectureReport> => {
  const present = FOLDERS.filter((name) => existsSync(path.join(folder, name)));
  if (present.length === 0) throw new Error(`There is none of ${FOLDERS.join(", ")} in ${folder} to check.`);
  const flags = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const result = await runCommand([installed("depcruise"), ...flags, ...present], { folder });
  const { modules, summary } = parseResult(result);
  const ours = modules.filter(({ source }) => present.some((name) => source.startsWith(`${name}/`)));
  if (!ours.some(({ source }) => source.startsWith("src/"))) {
    throw new Error("The import check read no module of src, so it proves nothing. Check the TypeScript version.");
  }
  const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { moduleCount: ours.length, violations: [...violations, ...circlesAmong(modules)] };
};

const circlesAmong = (modules: CruiseResult["modules"]): readonly Violation[] => {
  const imports = modules.map(({ source, dependencies }) => ({
    source,
    imports: dependencies.map(({ resolved }) => resolved),
  }));
  return WITHOUT_CIRCLES.flatMap((area) => findFolderCircles(imports, area)).map(({ folder, circle }) => ({
    rule: "no-folder-circles",
    from: folder,
    to: circle.join(", "),
  }));
};

const parseResult = ({ stdout, output }: CommandResult): CruiseResult => {
  try {
    return JSON.parse(stdout) as CruiseResult;
  } catch {
    throw new Error(`The import check did not run:
${output.trim()}`);
  }
};

const main = async (): Promise<void> => {
  const { moduleCount, violations } = await checkArchitecture(PROJECT_FOLDER);
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`);
  console.log(`${moduleCount} modules read, ${violations.length} forbidden imports.`);
  if (violations.length > 0) process.exitCode = 1;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
