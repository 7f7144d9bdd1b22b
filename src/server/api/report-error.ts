import type { TRPCError } from "@trpc/server";

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
  readonly frames?: string[];
};

const writeLine = (failure: Failure): void => {
  process.stderr.write(`${JSON.stringify({ level: "error", at: new Date().toISOString(), ...failure })}\n`);
};

/** One JSON line for a failure of our own. */
export const reportFailure = (path: string | undefined, cause: unknown): void => {
  if (!(cause instanceof Error)) return writeLine({ path, name: String(cause) });
  const code = "code" in cause ? cause.code : null;
  writeLine({ path, name: cause.name, code, frames: framesOf(cause) });
};

/** The same for what a procedure threw; a caller's fault was answered and needs no line. */
export const reportError = ({
  error,
  path,
}: {
  readonly error: TRPCError;
  readonly path?: string | undefined;
}): void => {
  if (error.code === "INTERNAL_SERVER_ERROR") reportFailure(path, error.cause ?? error);
};
