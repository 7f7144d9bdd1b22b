import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkDisk, describeFullDisk } from "./check-disk";
import { StartError } from "./start-error";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-disk-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a disk", () => {
  it("with room is let pass, also for a folder that is not there yet", () => {
    expect(() => checkDisk(path.join(folder, "not", "yet"), 1)).not.toThrow();
  });

  it("without room is refused with what is left, what is needed and what to do", () => {
    const check = () => checkDisk(folder, Number.MAX_SAFE_INTEGER);
    expect(check).toThrow(StartError);
    expect(check).toThrow(/has \d+ MB left; at least \d+ MB are needed.*--data <folder>/s);
  });
});

it.each([
  [Object.assign(new Error("write"), { code: "ENOSPC" }), true],
  [new Error('could not extend file "base/16384/2619": No space left on device'), true],
  ["PostgreSQL did not start. FATAL:  could not write lock file: No space left on device", true],
  [new Error("connection refused"), false],
])("a failure is told from a full disk: %s", (error, isFull) => {
  expect(describeFullDisk(error) !== null).toBe(isFull);
});
