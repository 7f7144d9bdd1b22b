import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkTenant, type TenantFault, type TenantReport } from "./check-tenant";
import { PROJECT_FOLDER } from "./project-folder";
import { readPrivateTables } from "./tenant/private-tables";
import { FAULTS, FINE, LOADERS, PRELUDE } from "./tenant/testing/planted-reads";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A small project with our schema and our own ids. */
const plant = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-tenant-"));
  folders.push(folder);
  const place = (file: string): string => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    return path.join(folder, file);
  };
  for (const file of ["tsconfig.json", "prisma/schema.prisma", "src/server/tenant/own-id.ts"]) {
    copyFileSync(path.join(PROJECT_FOLDER, file), place(file));
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(place(file), text);
  return folder;
};

const fileOf = (where: string, kind: string, index: number): string => `src/server/${where}/${kind}-${index}.ts`;
const contentOf = (code: string): string => `${PRELUDE}\nexport const it = ${code};\n`;

describe("the tenant check", () => {
  let report: TenantReport;
  beforeAll(() => {
    const faults = FAULTS.map(([, where, code], index) => [fileOf(where, "fault", index), contentOf(code)]);
    const fine = FINE.map(([where, code], index) => [fileOf(where, "fine", index), contentOf(code)]);
    report = checkTenant(plant({ ...LOADERS, ...Object.fromEntries([...faults, ...fine]) }));
  });
  const faultsIn = (file: string): readonly TenantFault[] => report.faults.filter((fault) => fault.file === file);

  it.each(FAULTS.map((fault, index) => [...fault, index] as const))(
    "finds %s in %s: %s",
    (rule, where, _code, index) => {
      expect(faultsIn(fileOf(where, "fault", index)).map((fault) => fault.rule)).toEqual([rule]);
    },
  );

  it.each(FINE.map((fine, index) => [...fine, index] as const))("lets in %s: %s", (where, _code, index) => {
    expect(faultsIn(fileOf(where, "fine", index))).toEqual([]);
  });

  it("names the line", () => {
    const line = PRELUDE.split("\n").length + 1;
    expect(faultsIn(fileOf("views/bots", "fault", 0)).map((fault) => fault.line)).toEqual([line]);
  });

  it("fails where it saw nothing that reads", () => {
    expect(() => checkTenant(plant(LOADERS))).toThrow(/saw nothing/);
  });
});

describe("what is private", () => {
  const venue = 'model Venue {\n  id String @id\n  @@map("venues")\n}\n';

  it("is every table that is not called public, also one that is new", () => {
    const { tables, models } = readPrivateTables(`${venue}model Note {\n  id String @id\n  @@map("notes")\n}\n`);
    expect(Object.fromEntries(tables)).toEqual({ venues: false, notes: true });
    expect(Object.fromEntries(models)).toEqual({ venue: false, note: true });
  });

  it("is told of every table that there is", () => {
    const schema = readFileSync(path.join(PROJECT_FOLDER, "prisma/schema.prisma"), "utf8");
    const { tables, models, relations } = readPrivateTables(schema);
    expect(models.size).toBe(schema.match(/^model /gm)?.length);
    expect([...tables.keys()]).toEqual([...schema.matchAll(/@@map\("(.+)"\)/g)].map(([, name]) => name));
    expect([tables.get("cycles"), models.get("botSettings"), relations.has("accounts")]).toEqual([true, true, true]);
  });

  it("cannot be called public", () => {
    const owned = venue.replace("  @@map", "  user User @relation(fields: [userId], references: [id])\n  @@map");
    expect(() => readPrivateTables(`${owned}model User {\n  id String @id\n}\n`)).toThrow(/Venue is called public/);
    expect(() => readPrivateTables("")).toThrow(/no model/);
  });
});
