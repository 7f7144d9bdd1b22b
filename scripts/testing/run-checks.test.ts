import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { runChecks, type Tally } from "./run-checks";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-checks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (code: string): readonly string[] => [process.execPath, "-e", code];

const run = async (...commands: readonly (readonly string[])[]): Promise<Tally & { readonly said: string }> => {
  const lines: string[] = [];
  const checks = commands.map((command, index) => ({ name: `check${index}`, command }));
  const tally = await runChecks(checks, (text) => lines.push(text));
  return { ...tally, said: lines.join("\n") };
};

const runSuite = async (
  code: number,
  report?: { readonly passed: number; readonly failed: number },
): Promise<Tally> => {
  const file = path.join(folder, `${code}-${report?.passed}-${report?.failed}.json`);
  if (report) writeFileSync(file, JSON.stringify({ numPassedTests: report.passed, numFailedTests: report.failed }));
  return runChecks([{ name: "suite", command: node(`process.exit(${code})`), report: file }], () => undefined);
};

it("counts a check once, and shows what a failed one said", async () => {
  const result = await run(node("console.log('fine')"), node("console.log('why'); process.exit(3)"), node("1"));
  expect(result).toMatchObject({ passed: 2, failed: 1 });
  expect(result.said).toContain("why");
  expect(result.said).not.toContain("fine");
});

it("fails a check whose program cannot be started or is killed", async () => {
  expect(await run(["/no/such/program"], node("process.kill(process.pid, 'SIGKILL')"))).toMatchObject({ failed: 2 });
});

it("counts the cases of a suite", async () => {
  expect(await runSuite(0, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 0 });
  expect(await runSuite(1, { passed: 5, failed: 2 })).toEqual({ passed: 5, failed: 2 });
});

it("counts the cases of a browser suite, and one that passed only when it was tried again as failed", async () => {
  const report = path.join(folder, "browser.json");
  writeFileSync(report, JSON.stringify({ stats: { expected: 4, unexpected: 2, flaky: 1, skipped: 3 } }));
  const checks = [{ name: "browser", command: node("process.exit(1)"), report }];
  expect(await runChecks(checks, () => undefined)).toEqual({ passed: 4, failed: 3 });
});

it("fails a suite that ran no test, wrote no report, or broke outside of its cases", async () => {
  expect(await runSuite(0, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
  expect(await runSuite(0)).toEqual({ passed: 0, failed: 1 });
  expect(await runSuite(1, { passed: 9, failed: 0 })).toEqual({ passed: 9, failed: 1 });
});
