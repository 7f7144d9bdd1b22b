/** Of all processes together, PSS. */
export const BUDGET_MB = 650;
/** Percent an hour, of each process. */
export const GROWTH_BOUND = 2;
/** Of a shorter time the growth says nothing: what fills up in the first minutes is still filling. */
const MINUTES_FOR_GROWTH = 60;

export type Held = { readonly name: string; readonly max: number; readonly slope: number };

export type MemoryRun = {
  readonly minutes: number;
  /** By process, and "sum". */
  readonly rows: readonly Held[];
  /** Names of processes that were not the same one all the time. */
  readonly replaced: readonly string[];
};

/** What the run showed to be beyond its bounds, in words; a process that ended and came again held less than it would. */
export const findMemoryFailures = ({ minutes, rows, replaced }: MemoryRun): string[] => [
  ...rows.flatMap(({ name, max }) =>
    name === "sum" && max > BUDGET_MB ? [`all together held ${max.toFixed(0)} MB, more than ${BUDGET_MB}`] : [],
  ),
  ...rows.flatMap(({ name, slope }) =>
    minutes >= MINUTES_FOR_GROWTH && name !== "sum" && slope >= GROWTH_BOUND
      ? [`${name} grew by ${slope.toFixed(1)} % an hour, not less than ${GROWTH_BOUND}`]
      : [],
  ),
  ...replaced.map((name) => `${name} ended meanwhile and was started again: its figures are of two processes`),
];
