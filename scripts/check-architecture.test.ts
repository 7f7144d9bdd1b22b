import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkArchitecture, type ArchitectureReport } from "./check-architecture";
import { PROJECT_FOLDER } from "./project-folder";
import { ALLOWED, FORBIDDEN } from "./testing/planted-imports";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A small project under our configuration: file -> what it imports. An imported file that is not listed is made too. */
const plant = (imports: Readonly<Record<string, readonly string[]>>): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-architecture-"));
  folders.push(folder);
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    copyFileSync(path.join(PROJECT_FOLDER, file), path.join(folder, file));
  }
  symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(folder, "node_modules"));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const targets of Object.values(imports)) {
    for (const target of targets.filter(isOurs)) write(fileOf(target), "export const it = 1;\n");
  }
  for (const [file, targets] of Object.entries(imports)) {
    write(file, `${targets.map((target) => statementFor(file, target)).join("\n")}\nexport const it = 1;\n`);
  }
  return folder;
};

const isType = (target: string): boolean => target.startsWith("type ");
const isOurs = (target: string): boolean => /^(type )?(src|simulators|scripts|prisma)\//.test(target);
const fileOf = (target: string): string => target.replace("type ", "");

const statementFor = (file: string, target: string): string => {
  const keyword = isType(target) ? "import type" : "import";
  return `${keyword} * as m${target.replaceAll(/\W/g, "")} from "${specifierFor(file, fileOf(target))}";`;
};

const specifierFor = (file: string, target: string): string => {
  if (!isOurs(target)) return target;
  const withoutExtension = target.replace(/\.tsx?$/, "");
  if (target.startsWith("src/")) return `~/${withoutExtension.slice("src/".length)}`;
  const relative = path.relative(path.dirname(file), withoutExtension);
  return relative.startsWith(".") ? relative : `./${relative}`;
};

const CYCLE = {
  "src/server/bots/c1.ts": ["src/server/bots/c2.ts"],
  "src/server/bots/c2.ts": ["src/server/bots/c1.ts"],
};

const plantForbidden = (): string => {
  const imports: Record<string, string[]> = {};
  for (const [, file, target] of FORBIDDEN) imports[file] = [...(imports[file] ?? []), target];
  return plant({ ...imports, ...CYCLE });
};

type Configuration = { readonly forbidden: readonly { readonly name: string }[] };

describe("the import rules", () => {
  let report: ArchitectureReport;
  beforeAll(async () => {
    report = await checkArchitecture(plantForbidden());
  });

  it.each(FORBIDDEN)("%s: %s may not import %s", (rule, from) => {
    expect(report.violations.filter((each) => each.from === from).map((each) => each.rule)).toContain(rule);
  });

  it("allow no cycle", () => {
    expect(report.violations.map((each) => each.rule)).toContain("no-cycles");
  });

  it("allow no folder circle, which files without one may make", async () => {
    const folder = plant({
      "src/server/live/l1.ts": ["src/server/views/bots/b1.ts"],
      "src/server/views/bots/b2.ts": ["src/server/live/l2.ts"],
    });
    const { violations } = await checkArchitecture(folder);
    expect(violations.filter(({ rule }) => rule === "no-folder-circles").map(({ from }) => from)).toEqual([
      "src/server/live",
      "src/server/views/bots",
    ]);
  });

  it("are each proven here", () => {
    const load = createRequire(import.meta.url);
    const { forbidden } = load("../.dependency-cruiser.cjs") as Configuration;
    const proven = new Set([...FORBIDDEN.map(([rule]) => rule), "no-cycles"]);
    expect(forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });
});

describe("the import check", () => {
  it("finds no fault in a tree that keeps the rules", async () => {
    const report = await checkArchitecture(plant(ALLOWED));
    expect(report.violations).toEqual([]);
    expect(report.moduleCount).toBeGreaterThan(Object.keys(ALLOWED).length);
  });

  it("fails when it read no module", async () => {
    await expect(checkArchitecture(plant({}))).rejects.toThrow(/There is none of/);
    const folder = plant({ "scripts/start.ts": [] });
    mkdirSync(path.join(folder, "src"));
    await expect(checkArchitecture(folder)).rejects.toThrow(/read no module/);
  });
});
