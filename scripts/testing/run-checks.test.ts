import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { PROJECT_FOLDER } from "../project-folder";
import { describeTally, runLanes, type Check, type Tally } from "./run-checks";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-checks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (code: string): readonly string[] => [process.execPath, "-e", code];

const run = async (...commands: readonly (readonly string[])[]): Promise<Tally & { readonly said: string }> => {
  const lines: string[] = [];
  const lane = commands.map((command, index) => ({ name: `check${index}`, command }));
  const tally = await runLanes([lane], (text) => lines.push(text));
  return { ...tally, said: lines.join("\n") };
};

const runSuite = async (
  code: number,
  report?: { readonly passed: number; readonly failed: number },
): Promise<Tally> => {
  const file = path.join(folder, `${code}-${report?.passed}-${report?.failed}.json`);
  if (report) writeFileSync(file, JSON.stringify({ numPassedTests: report.passed, numFailedTests: report.failed }));
  return runLanes([[{ name: "suite", command: node(`process.exit(${code})`), report: file }]], () => undefined);
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
  expect(await runSuite(0, { passed: 7, failed: 0 })).toMatchObject({ passed: 7, failed: 0 });
  expect(await runSuite(1, { passed: 5, failed: 2 })).toMatchObject({ passed: 5, failed: 2 });
});

it("counts the cases of a browser suite, and one that passed only when it was tried again as failed", async () => {
  const report = path.join(folder, "browser.json");
  writeFileSync(report, JSON.stringify({ stats: { expected: 4, unexpected: 2, flaky: 1, skipped: 3 } }));
  const checks = [{ name: "browser", command: node("process.exit(1)"), report }];
  expect(await runLanes([checks], () => undefined)).toMatchObject({ passed: 4, failed: 3 });
});

it("fails a suite that ran no test, wrote no report, or broke outside of its cases", async () => {
  expect(await runSuite(0, { passed: 0, failed: 0 })).toMatchObject({ passed: 0, failed: 1 });
  expect(await runSuite(0)).toMatchObject({ passed: 0, failed: 1 });
  expect(await runSuite(1, { passed: 9, failed: 0 })).toMatchObject({ passed: 9, failed: 1 });
});

it("runs lanes beside each other, and the checks of each in their order", async () => {
  const flag = path.join(folder, "flag");
  const wait = `const fs = require("fs"); const t = setInterval(() => fs.existsSync(${JSON.stringify(flag)}) && clearInterval(t), 5)`;
  const waits: Check = { name: "waits", command: node(wait) };
  const raises: Check = { name: "raises", command: node(`require("fs").writeFileSync(${JSON.stringify(flag)}, "")`) };
  const ended: string[] = [];
  await runLanes([[waits, { name: "after", command: node("1") }], [raises]], (text) => {
    ended.push(text.split(/\s+/)[1] ?? "");
  });
  // "waits" ends only when "raises" runs beside it; their ends may be reported in either order.
  expect(ended.filter((name) => name !== "raises")).toEqual(["waits", "after"]);
  expect(ended).toContain("raises");
});

it("gives what is shared to whichever lane has ended, each check once", async () => {
  const lines: string[] = [];
  const quick = (name: string): Check => ({ name, command: node("1") });
  const shared = [quick("third"), quick("fourth"), quick("fifth")];
  const tally = await runLanes([[quick("first")], [quick("second")]], (text) => lines.push(text), shared);
  expect(tally).toMatchObject({ passed: 5, failed: 0 });
  const names = lines.map((text) => text.split(/\s+/)[1]);
  expect(new Set(names)).toEqual(new Set(["first", "second", "third", "fourth", "fifth"]));
  expect(names).toHaveLength(5);
});

it("names what failed, and why, beside the last line, since a long log is cut", async () => {
  const vitest = path.join(folder, "named-vitest.json");
  const assertionResults = [
    { fullName: "keeps books", status: "passed" },
    { fullName: "counts fees", status: "failed", failureMessages: ["Error: 1 is not 2\n    at books.ts:3"] },
  ];
  const testResults = [
    { name: path.join(PROJECT_FOLDER, "src", "books.test.ts"), status: "failed", assertionResults },
    {
      name: path.join(PROJECT_FOLDER, "src", "broken.test.ts"),
      status: "failed",
      message: "no such module",
      assertionResults: [],
    },
  ];
  writeFileSync(vitest, JSON.stringify({ numPassedTests: 1, numFailedTests: 1, testResults }));
  const playwright = path.join(folder, "named-playwright.json");
  const specs = [
    { title: "signs in", ok: true },
    {
      title: "goes live",
      ok: false,
      tests: [{ results: [{ errors: [{ message: "\u001B[31mno price\u001B[39m" }] }] }],
    },
  ];
  const suites = [{ file: "live.spec.ts", specs: [], suites: [{ file: "live.spec.ts", specs }] }];
  writeFileSync(playwright, JSON.stringify({ stats: { expected: 1, unexpected: 1, flaky: 0 }, suites }));
  const lane = [
    { name: "unit", command: node("process.exit(1)"), report: vitest },
    { name: "e2e", command: node("process.exit(1)"), report: playwright },
    { name: "lint", command: node("process.exit(1)") },
  ];
  expect(describeTally(await runLanes([lane], () => undefined)).split("\n")).toEqual([
    "failed: unit: src/books.test.ts: counts fees",
    "    Error: 1 is not 2",
    "        at books.ts:3",
    "failed: unit: src/broken.test.ts",
    "    no such module",
    "failed: e2e: live.spec.ts: goes live",
    "    no price",
    "failed: lint",
    "2 passed, 3 failed",
  ]);
});
