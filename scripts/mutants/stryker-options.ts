import type { Stryker } from "@stryker-mutator/core";

type Options = ConstructorParameters<typeof Stryker>[0];

/** Which mutants are drawn: `count` of them, by `seed`. */
export type Sample = { readonly count: number; readonly seed: string };

/** The pure parts that money and limits rest on. Files that only put something into words are not mutated. */
const MUTATED = [
  "src/trading/money.ts",
  "src/trading/{risk,risk/basis,execution,portfolio,settlement,performance}/*.ts",
  "src/trading/risk/rules/*.ts",
  "src/trading/risk/sizing/{kelly-share,risk-quantity,want-size}.ts",
  "src/trading/decision/modes/trinity/trinity-conditions.ts",
  "!src/trading/**/*.test.ts",
  "!src/trading/**/{describe-*,format-number,*-texts,nearest-change}.ts",
];

/** The files that the copy with the planted mutants needs. */
const COPIED = ["!src", "!src/trading/**", "!scripts", "!scripts/mutants/**", "!package.json", "!tsconfig.json"];

export const strykerOptions = (sample: Sample | null): Options => ({
  plugins: ["@stryker-mutator/vitest-runner", "./scripts/mutants/stryker-plugins.mjs"],
  ignorers: ["words-for-people"],
  checkers: sample ? ["sample"] : [],
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutants/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  concurrency: 2,
  mutate: MUTATED,
  ignorePatterns: ["**", ...COPIED],
  reporters: sample ? [] : ["progress-append-only"],
  tempDirName: ".data/mutant-copies",
  // Our script judges the score. On a busy machine a slow test must not look like one that hangs.
  thresholds: { high: 100, low: 0, break: null },
  timeoutMS: 60_000,
  warnings: { unknownOptions: false, slow: false, preprocessorErrors: true, unserializableOptions: true },
  allowConsoleColors: false,
  ...(sample && { sample }),
});
