import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { lockFolder } from "./folder-lock";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-lock-"));
const file = path.join(folder, "start.lock");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is taken once, names who has it, and can be taken again when given back", () => {
  const giveBack = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(new RegExp(`already runs in .*process ${process.pid}`));
  giveBack();
  lockFolder(folder)();
});

it("does not stop a start when its owner is dead, or when the number went to another program", () => {
  for (const stale of ["999999999 1", `${process.pid} 1`, "rubbish"]) {
    writeFileSync(file, stale);
    const giveBack = lockFolder(folder);
    expect(readFileSync(file, "utf8")).toMatch(new RegExp(`^${process.pid} `));
    giveBack();
  }
});
