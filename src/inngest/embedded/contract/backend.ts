import type { Inngest, InngestFunction } from "inngest";

/** Where the contract runs: the embedded runner, or a real Inngest server. */
export type Backend = {
  readonly client: Inngest;
  /** Registers the functions and starts executing them. Call once. */
  serve(functions: InngestFunction.Any[]): Promise<void>;
  close(): Promise<void>;
  /** How long a scenario may take; a real server waits 15 s and more before it retries. */
  readonly patienceMs: number;
  /** How much earlier than a RetryAfterError asks the retry may come: a server counts whole seconds. */
  readonly retryAfterEarlyMs: number;
};

/** What the functions did, in order. Read by the test, so no server's API is needed. */
export type Journal = {
  note(key: string, line: string): void;
  of(key: string): string[];
};

export const createJournal = (): Journal => {
  const lines = new Map<string, string[]>();
  const of = (key: string): string[] => lines.get(key) ?? [];
  return {
    note: (key, line) => void lines.set(key, [...of(key), line]),
    of,
  };
};
