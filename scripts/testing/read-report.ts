import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { PROJECT_FOLDER } from "../project-folder";

type VitestFile = {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
};
type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults?: readonly VitestFile[];
};

type PlaywrightSuite = {
  readonly file: string;
  readonly specs?: readonly { readonly title: string; readonly ok: boolean }[];
  readonly suites?: readonly PlaywrightSuite[];
};
type PlaywrightReport = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites?: readonly PlaywrightSuite[];
};

/** The counts of a suite; `failures`: "file: case", or a file that failed outside its cases. */
export type SuiteReport = { readonly passed: number; readonly failed: number; readonly failures: readonly string[] };

const namesOfVitest = ({ name, status, assertionResults }: VitestFile): string[] => {
  const file = path.relative(PROJECT_FOLDER, name);
  const failed = assertionResults.filter((result) => result.status === "failed");
  if (failed.length === 0 && status === "failed") return [file];
  return failed.map(({ fullName }) => `${file}: ${fullName}`);
};

const namesOfPlaywright = ({ file, specs = [], suites = [] }: PlaywrightSuite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ title }) => `${file}: ${title}`),
  ...suites.flatMap(namesOfPlaywright),
];

/** Reads the JSON report of Vitest or Playwright; a missing report counts nothing. */
export const readReport = (file: string): SuiteReport => {
  if (!existsSync(file)) return { passed: 0, failed: 0, failures: [] };
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport | PlaywrightReport;
  if ("stats" in report) {
    const { expected, unexpected, flaky } = report.stats;
    return { passed: expected, failed: unexpected + flaky, failures: (report.suites ?? []).flatMap(namesOfPlaywright) };
  }
  const { numPassedTests, numFailedTests, testResults = [] } = report;
  return { passed: numPassedTests, failed: numFailedTests, failures: testResults.flatMap(namesOfVitest) };
};
