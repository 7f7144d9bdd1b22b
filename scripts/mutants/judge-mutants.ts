/** The part of a mutant's result that is judged. `file` starts at the project's root; positions count from 1. */
export type JudgedMutant = {
  readonly status: string;
  readonly file: string;
  readonly line: number;
  /** The source line where it begins, without its indentation. */
  readonly code: string;
  readonly mutator: string;
  readonly replacement: string;
};

/** A survivor identified by its code, not its line number, so that it is recognised when code above it moves. */
export type Survivor = Pick<JudgedMutant, "file" | "code" | "mutator" | "replacement">;

export type Judgement = {
  readonly detected: number;
  readonly survivors: readonly JudgedMutant[];
  /** Survivors that are not in the list of known ones. */
  readonly unknown: readonly JudgedMutant[];
  /** Detected mutants as a share of those that were tried; null when none was tried. */
  readonly score: number | null;
};

const DETECTED = new Set(["Killed", "Timeout"]);
const UNDETECTED = new Set(["Survived", "NoCoverage"]);

const survivorKey = ({ file, code, mutator, replacement }: Survivor): string =>
  [file, code, mutator, replacement].join("\n");

/** Counts the detected mutants. Ignored ones, those outside the sample and those that cannot run do not count. */
export const judgeMutants = (mutants: readonly JudgedMutant[], known: readonly Survivor[]): Judgement => {
  const detected = mutants.filter(({ status }) => DETECTED.has(status)).length;
  const survivors = mutants.filter(({ status }) => UNDETECTED.has(status));
  const keys = new Set(known.map(survivorKey));
  const tried = detected + survivors.length;
  return {
    detected,
    survivors,
    unknown: survivors.filter((mutant) => !keys.has(survivorKey(mutant))),
    score: tried === 0 ? null : detected / tried,
  };
};

export const describeMutant = ({ file, line, code, mutator, replacement, status }: JudgedMutant): string =>
  `${file}:${line} ${mutator}${status === "NoCoverage" ? " (no test runs it)" : ""}\n    - ${code}\n    + ${replacement}`;
