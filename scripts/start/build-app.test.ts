import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { waitUntil } from "../postgres/wait-until";
import { processBirth } from "../process-birth";
import { PROJECT_FOLDER } from "../project-folder";

const PATIENCE_MS = 30_000;
const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-build-"));
const pidFile = path.join(folder, "pid");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const buildPid = (): number => {
  try {
    return Number(readFileSync(pidFile, "utf8"));
  } catch {
    return 0;
  }
};

it("a build ends with who started it, also by kill -9: it would keep the next start from building", async () => {
  const endless = path.join(folder, "endless.cjs");
  writeFileSync(
    endless,
    `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000);`,
  );
  const buildAppFile = path.join(import.meta.dirname, "build-app.ts");
  const script = `const { buildApp } = await import(${JSON.stringify(buildAppFile)}); await buildApp(undefined, ${JSON.stringify(endless)});`;
  const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: PROJECT_FOLDER,
    stdio: "ignore",
  });
  expect(await waitUntil(() => buildPid() > 0, PATIENCE_MS)).toBe(true);
  const pid = buildPid();
  expect(processBirth(pid)).not.toBeNull();
  starter.kill("SIGKILL");
  const hasEnded = await waitUntil(() => processBirth(pid) === null, PATIENCE_MS);
  if (!hasEnded) process.kill(pid, "SIGKILL");
  expect(hasEnded).toBe(true);
});
