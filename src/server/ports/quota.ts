/** How many records one user may have that are not archived, and how many exports may be made. */
export type Quota = {
  readonly botsMax: number;
  readonly accountsMax: number;
  /** At one time, in one process. */
  readonly exportsAtOnceMax: number;
  readonly exportsPerHourMax: number;
};

type QuotaEnvironment = Readonly<
  Record<"BOTS_PER_USER_MAX" | "ACCOUNTS_PER_USER_MAX" | "EXPORTS_AT_ONCE_MAX" | "EXPORTS_PER_HOUR_MAX", number>
>;

/** As the environment says. */
export const quotaOf = (settings: QuotaEnvironment): Quota => ({
  botsMax: settings.BOTS_PER_USER_MAX,
  accountsMax: settings.ACCOUNTS_PER_USER_MAX,
  exportsAtOnceMax: settings.EXPORTS_AT_ONCE_MAX,
  exportsPerHourMax: settings.EXPORTS_PER_HOUR_MAX,
});
