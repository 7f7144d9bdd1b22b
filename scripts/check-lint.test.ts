import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PROJECT_FOLDER } from "./project-folder";
import { installed, runCommand } from "./run-command";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const step = (call: string): string =>
  `export const f = inngest.createFunction({ id: "f" }, async ({ ${call.slice(0, call.indexOf("."))} }) => ${call});`;
const option = (text: string): string =>
  `export const f = inngest.createFunction({ id: "f", ${text} }, async () => 1);`;
const LINES = "export const f = () => {\n  let n = 0;\n" + "  n += 1;\n".repeat(60) + "  return n;\n};";
const BRANCHES =
  "export const f = (n: number) => {\n" +
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `if (n === ${n}) return n;`).join("\n") +
  "\nreturn 1;\n};";

/** [rule, file, faulty code] */
const FAULTS: readonly (readonly [string, string, string])[] = [
  ["house(no-ambient-time)", "src/trading/a1.ts", "export const f = () => Date.now();"],
  ["house(no-ambient-time)", "src/trading/a2.ts", "export const f = () => new Date();"],
  ["house(no-ambient-time)", "src/trading/a3.ts", 'export const f = () => Date["now"]();'],
  ["house(no-ambient-time)", "src/trading/a4.ts", "export const f = () => Date();"],
  ["eslint(no-restricted-properties)", "src/trading/a5.ts", "export const f = () => Math.random();"],
  ["eslint(no-restricted-properties)", "src/trading/a6.ts", 'export const f = () => Math["random"]();'],
  ["eslint(no-restricted-properties)", "src/trading/a7.ts", "export const f = () => process.env;"],
  ["eslint(no-restricted-globals)", "src/trading/a8.ts", "export const f = () => setTimeout(() => 1, 1);"],
  ["eslint(no-restricted-globals)", "src/trading/a9.ts", 'export const f = () => fetch("http://a");'],
  ["eslint(no-restricted-globals)", "src/trading/a10.ts", "export const f = () => performance.now();"],
  ["eslint(no-restricted-globals)", "src/trading/a11.ts", "export const f = () => crypto.randomUUID();"],
  ["eslint(no-restricted-properties)", "src/server/b1.ts", 'export const f = () => process.env["A"];'],
  ["eslint(no-restricted-properties)", "src/server/b2.ts", 'export const f = () => process["env"];'],
  ["eslint(no-console)", "src/server/b3.ts", "console.log(1);\nexport const f = 1;"],
  ["eslint(no-restricted-imports)", "src/server/b4.ts", 'import ccxt from "ccxt";\nexport const f = ccxt;'],
  ["unicorn(filename-case)", "src/server/badName.ts", "export const f = 1;"],
  ["import(no-default-export)", "src/server/b5.ts", "export default 1;"],
  ["import(no-cycle)", "src/server/b6.ts", 'import { b } from "./b7";\nexport const a = (): unknown => b;'],
  ["import(no-cycle)", "src/server/b7.ts", 'import { a } from "./b6";\nexport const b = (): unknown => a;'],
  ["typescript(no-explicit-any)", "src/server/b8.ts", "export const f = (a: any): unknown => a;"],
  ["typescript(no-non-null-assertion)", "src/server/b9.ts", "export const f = (a?: number): number => a!;"],
  [
    "typescript(no-floating-promises)",
    "src/server/b10.ts",
    "const p = async () => 1;\nexport const f = () => {\n  p();\n};",
  ],
  [
    "typescript(switch-exhaustiveness-check)",
    "src/server/b11.ts",
    'export const f = (a: "x" | "y") => {\n  switch (a) {\n    case "x":\n      return 1;\n  }\n};',
  ],
  [
    "typescript(consistent-type-imports)",
    "src/server/b12.ts",
    'import { Stats } from "node:fs";\nexport const f = (a: Stats): Stats => a;',
  ],
  ["typescript(ban-ts-comment)", "src/server/b13.ts", "// @ts-ignore\nexport const f = 1;"],
  ["eslint(max-params)", "src/server/b14.ts", "export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];"],
  ["eslint(max-lines)", "src/server/b15.ts", "export const f = 1;\n".replace("f", "f0") + "//\n".repeat(250)],
  ["eslint(max-lines-per-function)", "src/server/b16.ts", LINES],
  ["eslint(complexity)", "src/server/b17.ts", BRANCHES],
  [
    "eslint(max-depth)",
    "src/server/b18.ts",
    "export const f = (a: 1 | 2) => {\n if (a) { if (a) { if (a) { if (a) { return 1; } } } }\n return 2;\n};",
  ],
  ["house(inngest-subset)", "src/inngest/functions/c1.ts", step('step.waitForEvent("a", {})')],
  ["house(inngest-subset)", "src/inngest/functions/c2.ts", step('step.invoke("a", {})')],
  ["house(inngest-subset)", "src/inngest/functions/c3.ts", step("group.parallel(() => 1)")],
  ["house(inngest-subset)", "src/inngest/functions/c4.ts", option("concurrency: 1")],
  ["house(inngest-subset)", "src/inngest/functions/c5.ts", option('throttle: { limit: 1, period: "1m" }')],
  ["house(inngest-subset)", "src/inngest/functions/c6.ts", option('"debounce": { period: "1m" }')],
  ["house(inngest-subset)", "src/inngest/functions/c7.ts", option("...more")],
];

/** Code that is close to a fault but allowed. */
const FINE: readonly (readonly [string, string])[] = [
  ["src/trading/d1.ts", "export const f = (ms: number): string => new Date(ms).toISOString();"],
  ["src/server/d2.ts", "export const f = (): number => Date.now();"],
  ["src/server/d3.ts", 'import type { Exchange } from "ccxt";\nexport const f = (a: Exchange): Exchange => a;'],
  ["src/env.js", "export const f = () => process.env.A;"],
  ["scripts/d4.ts", "console.log(process.env);\nexport const f = 1;"],
  [
    "src/inngest/functions/d5.ts",
    step('Promise.all([step.run("a", () => 1), step.sleep("b", 1), step.sendEvent("c", [])])'),
  ],
  [
    "src/inngest/functions/d6.ts",
    option('triggers: [], retries: 2, singleton: { mode: "skip" }, cancelOn: [], onFailure: f'),
  ],
];

type Diagnostic = { readonly code: string; readonly filename: string };
let found: readonly Diagnostic[] = [];

beforeAll(async () => {
  for (const part of [".oxlintrc.json", "scripts/lint", "tsconfig.json"]) {
    cpSync(path.join(PROJECT_FOLDER, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(folder, "node_modules"));
  for (const [file, code] of [...FAULTS.map(([, ...rest]) => rest), ...FINE]) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${code}\n`);
  }
  const { stdout, output } = await runCommand([installed("oxlint"), "--type-aware", "--format", "json"], { folder });
  if (!stdout.includes('"diagnostics"')) throw new Error(`oxlint did not run:\n${output}`);
  found = (JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
});

const rulesAt = (file: string): string[] => found.filter(({ filename }) => filename === file).map(({ code }) => code);

it.each(FAULTS)("%s fires in %s", (rule, file) => {
  expect(rulesAt(file)).toContain(rule);
});

it.each(FINE)("no rule fires in %s", (file) => {
  expect(rulesAt(file)).toEqual([]);
});
