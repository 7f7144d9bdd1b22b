import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { PROJECT_FOLDER } from "../project-folder";

type VitestFile = {
  readonly name: string;
  readonly status: string;
  /** Why the file failed outside of its cases. */
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages?: readonly string[];
  }[];
};
type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults?: readonly VitestFile[];
};

type PlaywrightSpec = {
  readonly title: string;
  readonly ok: boolean;
  readonly tests?: readonly {
    readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[];
  }[];
};
type PlaywrightSuite = {
  readonly file: string;
  readonly specs?: readonly PlaywrightSpec[];
  readonly suites?: readonly PlaywrightSuite[];
};
type PlaywrightReport = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites?: readonly PlaywrightSuite[];
};

/**
 * The counts of a suite; `failures`: "file: case", or a file that failed outside its cases, and in lines below it how its
 * error begins.
 */
export type SuiteReport = { readonly passed: number; readonly failed: number; readonly failures: readonly string[] };

/** Enough to know what was expected and what came; the rest is in the suite's own output. */
const ERROR_LINES_MAX = 14;
const LINE_LENGTH_MAX = 240;

const withReason = (name: string, messages: readonly string[]): string => {
  const lines = messages.flatMap((message) => stripVTControlCharacters(message).split("\n"));
  const said = lines.filter((line) => line.trim() !== "").slice(0, ERROR_LINES_MAX);
  return [name, ...said.map((line) => `    ${line.slice(0, LINE_LENGTH_MAX)}`)].join("\n");
};

const failuresOfVitest = ({ name, status, message = "", assertionResults }: VitestFile): string[] => {
  const file = path.relative(PROJECT_FOLDER, name);
  const failed = assertionResults.filter((result) => result.status === "failed");
  if (failed.length === 0 && status === "failed") return [withReason(file, [message])];
  return failed.map(({ fullName, failureMessages = [] }) => withReason(`${file}: ${fullName}`, failureMessages));
};

const messagesOf = ({ tests = [] }: PlaywrightSpec): string[] =>
  tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message = "" }) => message)));

const failuresOfPlaywright = ({ file, specs = [], suites = [] }: PlaywrightSuite): string[] => [
  ...specs.filter(({ ok }) => !ok).map((spec) => withReason(`${file}: ${spec.title}`, messagesOf(spec))),
  ...suites.flatMap(failuresOfPlaywright),
];

/** Reads the JSON report of Vitest or Playwright; a missing report counts nothing. */
export const readReport = (file: string): SuiteReport => {
  if (!existsSync(file)) return { passed: 0, failed: 0, failures: [] };
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport | PlaywrightReport;
  if ("stats" in report) {
    const { expected, unexpected, flaky } = report.stats;
    const failures = (report.suites ?? []).flatMap(failuresOfPlaywright);
    return { passed: expected, failed: unexpected + flaky, failures };
  }
  const { numPassedTests, numFailedTests, testResults = [] } = report;
  return { passed: numPassedTests, failed: numFailedTests, failures: testResults.flatMap(failuresOfVitest) };
};
