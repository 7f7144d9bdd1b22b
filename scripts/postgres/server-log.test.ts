import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { logSince, rotateLog, serverLogIn } from "./server-log";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a log goes on until it is long, then begins anew beside one old one", () => {
  const file = serverLogIn(folder);
  rotateLog(folder);
  writeFileSync(file, "short\n");
  rotateLog(folder);
  expect([existsSync(file), existsSync(`${file}.old`)]).toEqual([true, false]);
  truncateSync(file, 10_000_001);
  rotateLog(folder);
  expect([existsSync(file), existsSync(`${file}.old`)]).toEqual([false, true]);
});

it("what was written since then is shown by its last twenty lines", () => {
  const before = "before\n";
  const lines = Array.from({ length: 25 }, (_, n) => `line ${n}`);
  writeFileSync(serverLogIn(folder), `${before}${lines.join("\n")}\n`);
  expect(logSince(folder, before.length).split("\n")).toEqual(lines.slice(5));
  expect(logSince(path.join(folder, "none"), 0)).toBe("");
});
