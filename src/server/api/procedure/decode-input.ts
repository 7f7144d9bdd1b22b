import { TRPCError } from "@trpc/server";
import superjson from "superjson";
import { isStorableText } from "~/contracts/storable-text";
import { takeEnvelope } from "./check-envelope";

const fault = (message: string): TRPCError => new TRPCError({ code: "BAD_REQUEST", message });

const isEnvelope = (payload: unknown): payload is { readonly json: unknown; readonly meta?: unknown } =>
  typeof payload === "object" && payload !== null && "json" in payload;

/** A caller's input, unwrapped. Throws a caller's fault in our own words for anything invalid. */
const decodeInput = (payload: unknown): unknown => {
  if (!isEnvelope(payload)) throw fault('The request is not valid. Send its input as {"json": ...}.');
  const envelope = takeEnvelope(payload);
  if (!envelope) {
    throw fault("The request is not valid: its input is too large, too deep, or of types that no page sends.");
  }
  try {
    return superjson.deserialize(envelope);
  } catch {
    // Annotations that point nowhere.
    throw fault("The request is not valid: its input cannot be read.");
  }
};

/** superjson trusts its input, as if only our own pages could send it, so the input is checked first. */
export const transformer = {
  input: { serialize: superjson.serialize, deserialize: decodeInput },
  output: { serialize: superjson.serialize, deserialize: superjson.deserialize },
};

export const UNSTORABLE = "The request is not valid: its text has characters that cannot be stored.";

const partsOf = (value: object): Iterable<unknown> =>
  value instanceof Map || value instanceof Set ? [...value].flat() : Object.entries(value).flat();

/** Whether all text in a value, however deep, keys included, can be stored or searched for. */
export const isStorable = (value: unknown): boolean => {
  // A list instead of recursion: the caller chooses the depth, and may send a cycle.
  const waiting: unknown[] = [value];
  const seen = new Set<object>();
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    if (typeof next === "string" && !isStorableText(next)) return false;
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const part of partsOf(next)) waiting.push(part);
  }
  return true;
};
