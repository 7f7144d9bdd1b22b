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
export type Survivor = Pick<JudgedMutant, "file" | "code" | "mutator" | "replacement"> & {
  /** Why no test can notice it, or need not. Missing: nobody has looked into it yet. */
  readonly why?: string;
};

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

const survivorKey = ({ file, code, mutator, replacement }: Omit<Survivor, "why">): string =>
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

/**
 * The known survivors after a run, sorted: its own with what is known of them, and the others of files it did not try.
 * A `isWhole` run tried every file, so that of files without a mutant nothing is known any more.
 */
export const acceptSurvivors = (
  mutants: readonly JudgedMutant[],
  known: readonly Survivor[],
  isWhole: boolean,
): Survivor[] => {
  const reasons = new Map(known.map((survivor) => [survivorKey(survivor), survivor.why]));
  const isTried = ({ status }: JudgedMutant): boolean => DETECTED.has(status) || UNDETECTED.has(status);
  const tried = new Set(mutants.filter(isTried).map(({ file }) => file));
  const accepted = judgeMutants(mutants, known).survivors.map((mutant): Survivor => {
    const { file, code, mutator, replacement } = mutant;
    const why = reasons.get(survivorKey(mutant));
    return { file, code, mutator, replacement, ...(why !== undefined && { why }) };
  });
  const others = isWhole ? [] : known.filter(({ file }) => !tried.has(file));
  const byKey = new Map([...others, ...accepted].map((survivor) => [survivorKey(survivor), survivor]));
  return [...byKey.values()].toSorted((a, b) => (survivorKey(a) < survivorKey(b) ? -1 : 1));
};

/** A mutant by its place and change, with what is known of it. */
export const describeMutant = (mutant: JudgedMutant, known: readonly Survivor[]): string => {
  const { file, line, code, mutator, replacement, status } = mutant;
  const why = known.find((survivor) => survivorKey(survivor) === survivorKey(mutant))?.why;
  const place = `${file}:${line} ${mutator}${status === "NoCoverage" ? " (no test runs it)" : ""}`;
  return [place, `    - ${code}`, `    + ${replacement}`, ...(why === undefined ? [] : [`    ${why}`])].join("\n");
};
