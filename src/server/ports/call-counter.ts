/** Counts a user's API calls, so that one user cannot block the others. */
export type CallCounter = {
  /** Counts one call. Returns 0, or the seconds to wait when there were too many. */
  count(userId: string, kind: CallKind): Promise<number>;
};

export type CallKind = "query" | "mutation" | "subscription";
