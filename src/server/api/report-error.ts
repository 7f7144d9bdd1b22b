import type { TRPCError } from "@trpc/server";

/** Where a failure came from, without its message, which may quote what was sent. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());

/** One JSON line for a failure of our own; a caller's fault was answered and needs none. */
export const reportError = ({
  error,
  path,
}: {
  readonly error: TRPCError;
  readonly path?: string | undefined;
}): void => {
  if (error.code !== "INTERNAL_SERVER_ERROR") return;
  const cause = error.cause ?? error;
  const code = "code" in cause ? cause.code : null;
  const line = { level: "error", at: new Date().toISOString(), path, name: cause.name, code, frames: framesOf(cause) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
};
