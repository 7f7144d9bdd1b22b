import type { SuperJSONResult } from "superjson";

/** Far more than the settings of a bot have, few enough to be gone through in a moment. */
const VALUES_MAX = 10_000;
const DEPTH_MAX = 64;
const PATHS_MAX = 100;
const PATH_LENGTH_MAX = 256;
/** What JSON does not have and our pages send. The others, such as maps, cost far more to read than to write. */
const TYPES = new Set<unknown>(["undefined", "Date", "number"]);

type Envelope = { readonly json: unknown; readonly meta?: unknown };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const childrenOf = (value: object): readonly unknown[] => (Array.isArray(value) ? value : Object.values(value));

/** Whether a value has few parts and is not deep. One pass, without recursion: the caller chooses the depth. */
const isSmall = (value: unknown): boolean => {
  let count = 1;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return false;
    const below: unknown[] = [];
    for (const part of level) {
      if (typeof part !== "object" || part === null) continue;
      const children = childrenOf(part);
      count += children.length;
      if (count > VALUES_MAX) return false;
      for (const child of children) below.push(child);
    }
    level = below;
  }
  return true;
};

const isLeaf = (note: unknown): boolean => Array.isArray(note) && note.length === 1 && TYPES.has(note[0]);

const areNotes = (values: unknown): boolean => {
  if (values === undefined || isLeaf(values)) return true;
  if (!isRecord(values)) return false;
  const notes = Object.entries(values);
  return notes.length <= PATHS_MAX && notes.every(([path, note]) => path.length <= PATH_LENGTH_MAX && isLeaf(note));
};

/**
 * The part of an envelope that our pages use, or null where it holds more. That two values were one object before they
 * were sent means nothing here, and is dropped.
 */
export const takeEnvelope = ({ json, meta }: Envelope): SuperJSONResult | null => {
  if (!isSmall(json)) return null;
  if (meta === undefined) return { json } as SuperJSONResult;
  if (!isRecord(meta) || !areNotes(meta["values"])) return null;
  const { values } = meta;
  return (values === undefined ? { json } : { json, meta: { values, v: 1 } }) as SuperJSONResult;
};
