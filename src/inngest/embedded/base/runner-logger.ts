/** The part of pino that the runner uses. It never receives event data, step results or errors of functions. */
export type RunnerLogger = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

const ignore = (): void => undefined;

export const silentRunnerLogger: RunnerLogger = { info: ignore, warn: ignore, error: ignore };

/** What may be logged about a failure of the database or the runner: no detail line, which can hold user data. */
export const failureFields = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { failure: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { failure: error.name, reason: error.message, ...code };
};
