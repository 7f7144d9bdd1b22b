/** What a call did, as the database stores it: members are column names, user data is JSON text. */
export type SettledCall = {
  readonly plan: {
    readonly steps: readonly { readonly id: string; readonly name: string; readonly op: string }[];
    readonly jobs: readonly {
      readonly kind: "call" | "sleep";
      readonly step: string;
      readonly attempt: number;
      readonly due_ms: number;
    }[];
    /** Steps run in parallel: from here on each one is planned, then called by its id. */
    readonly planned: boolean;
    /** Call the function again as soon as nothing of the run is pending. */
    readonly discover: boolean;
    readonly status: "completed" | "failed" | null;
    readonly failure_id: string | null;
  };
  /** One per step of the plan: its result, null = pending. */
  readonly values: readonly (string | null)[];
  readonly output?: string;
  readonly error?: string;
  /** The event that reports the failure. */
  readonly failure?: string;
};
