/** Where a failure came from, without its message, which may quote what was sent. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());

type Failure = {
  readonly path: string | undefined;
  readonly name: string;
  readonly code?: unknown;
  readonly reason?: string;
  readonly frames?: string[];
};

const writeLine = (failure: Failure): void => {
  process.stderr.write(`${JSON.stringify({ level: "error", at: new Date().toISOString(), ...failure })}\n`);
};

/**
 * One JSON line for a failure of our own. `hasReason`: with its message, where there was no input that it could quote.
 */
export const reportFailure = (path: string | undefined, cause: unknown, hasReason = false): void => {
  if (!(cause instanceof Error)) return writeLine({ path, name: String(cause) });
  const code = "code" in cause ? cause.code : null;
  writeLine({ path, name: cause.name, code, ...(hasReason && { reason: cause.message }), frames: framesOf(cause) });
};
