import type { Stryker } from "@stryker-mutator/core";

type Options = ConstructorParameters<typeof Stryker>[0];

/** Which mutants are drawn: `count` of them, by `seed`. */
type Sample = { readonly count: number; readonly seed: string };

/** A change to a file, wherever in it. */
type Change = { readonly file: string; readonly mutator: string; readonly replacement: string };

/** What a run tries: of the mutants whose file begins with one of `only` and that are one of `changes`, a sample. Null: all. */
export type Tried = {
  readonly sample: Sample | null;
  readonly only: readonly string[] | null;
  readonly changes: readonly Change[] | null;
};

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

export const strykerOptions = (tried: Tried): Options => ({
  plugins: ["./scripts/mutants/stryker-plugins.mjs"],
  ignorers: ["words-for-people"],
  checkers: tried.sample || tried.only || tried.changes ? ["tried"] : [],
  testRunner: "kept",
  vitest: { configFile: "scripts/mutants/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  // One checker, which knows what was drawn, and one runner until it is done; then two.
  concurrency: 2,
  mutate: MUTATED,
  ignorePatterns: ["**", ...COPIED],
  reporters: tried.sample ? [] : ["progress-append-only"],
  tempDirName: ".data/mutant-copies",
  // Our script judges the score. On a busy machine a slow test must not look like one that hangs.
  thresholds: { high: 100, low: 0, break: null },
  timeoutMS: 60_000,
  warnings: { unknownOptions: false, slow: false, preprocessorErrors: true, unserializableOptions: true },
  allowConsoleColors: false,
  tried,
});
