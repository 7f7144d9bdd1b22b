/** How many records one user may have that are not archived, and how many exports may be made. */
export type Quota = {
  readonly botsMax: number;
  readonly accountsMax: number;
  /** At one time, in one process. */
  readonly exportsAtOnceMax: number;
  readonly exportsPerHourMax: number;
};
