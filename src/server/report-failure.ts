import { randomBytes } from "node:crypto";

/** Where a failure came from, without its message, which may quote what was sent. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());

const newReference = (): string => randomBytes(4).toString("hex");

const references = new WeakMap<Error, string>();

/** What a failure is called in its log line and to whoever met it; the same however often it is asked. */
export const referenceOf = (cause: Error): string => {
  const reference = references.get(cause) ?? newReference();
  references.set(cause, reference);
  return reference;
};

/** The words for whoever met a failure of ours: nothing of its inside, but what its log line is found by. */
export const failureWords = (reference: string): string => `Something went wrong on our side. Reference ${reference}.`;

type Failure = {
  readonly reference: string;
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
 * One JSON line for a failure of our own; returns its reference. `hasReason`: with its message, where there was no input
 * that it could quote.
 */
export const reportFailure = (path: string | undefined, cause: unknown, hasReason = false): string => {
  const reference = cause instanceof Error ? referenceOf(cause) : newReference();
  if (!(cause instanceof Error)) {
    writeLine({ reference, path, name: String(cause) });
    return reference;
  }
  const { name, message } = cause;
  const code = "code" in cause ? cause.code : null;
  writeLine({ reference, path, name, code, ...(hasReason && { reason: message }), frames: framesOf(cause) });
  return reference;
};
