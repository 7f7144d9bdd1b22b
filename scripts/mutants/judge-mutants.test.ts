import { expect, it } from "vitest";
import { acceptSurvivors, describeMutant, judgeMutants, type JudgedMutant } from "./judge-mutants";

const mutant = (status: string, part: Partial<JudgedMutant> = {}): JudgedMutant => ({
  status,
  file: "src/trading/money.ts",
  line: 7,
  code: "a < b",
  mutator: "EqualityOperator",
  replacement: "a <= b",
  ...part,
});

it("the score counts what was detected of what was tried: what hangs is detected, what no test runs is not", () => {
  const tried = [mutant("Killed"), mutant("Killed"), mutant("Timeout"), mutant("Survived"), mutant("NoCoverage")];
  const judged = judgeMutants([...tried, mutant("Ignored"), mutant("CompileError"), mutant("RuntimeError")], []);
  expect(judged).toMatchObject({ detected: 3, score: 0.6 });
  expect(judged.survivors).toHaveLength(2);
  expect(judgeMutants([mutant("Ignored")], []).score).toBeNull();
});

it("a survivor is known by what stands there, not by its line; another replacement of it is not", () => {
  const known = [{ file: "src/trading/money.ts", code: "a < b", mutator: "EqualityOperator", replacement: "a <= b" }];
  const other = mutant("Survived", { replacement: "a >= b" });
  expect(judgeMutants([mutant("Survived", { line: 70 }), other], known).unknown).toEqual([other]);
});

it("a survivor is told by its place and what it changes, and why it is none if that is known", () => {
  const survivor = mutant("NoCoverage");
  const text = "src/trading/money.ts:7 EqualityOperator (no test runs it)\n    - a < b\n    + a <= b";
  expect(describeMutant(survivor, [])).toBe(text);
  const { file, code, mutator, replacement } = survivor;
  const known = [{ file, code, mutator, replacement, why: "the same: a is never b" }];
  expect(describeMutant(survivor, known)).toBe(`${text}\n    the same: a is never b`);
});

it("accepting survivors keeps what is said of them, and those of files that were not tried unless all were", () => {
  const of = (file: string, why?: string) => {
    const { code, mutator, replacement } = mutant("Survived");
    return { file, code, mutator, replacement, ...(why !== undefined && { why }) };
  };
  const known = [of("b.ts", "the same"), of("c.ts"), of("d.ts", "gone")];
  const found = [
    mutant("Killed", { file: "d.ts" }),
    mutant("Ignored", { file: "c.ts" }),
    mutant("Survived", { file: "b.ts" }),
    mutant("Survived", { file: "b.ts", line: 9 }),
    mutant("NoCoverage", { file: "a.ts" }),
  ];
  expect(acceptSurvivors(found, known, false)).toEqual([of("a.ts"), of("b.ts", "the same"), of("c.ts")]);
  expect(acceptSurvivors(found, known, true)).toEqual([of("a.ts"), of("b.ts", "the same")]);
});
