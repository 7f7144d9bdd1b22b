import { isJsonObject } from "../base/json-object";

/**
 * The one kind of condition the runner knows: `path == path` or `path == literal`, in either order.
 * A path starts at `event` (the run's event) or `async` (the event that arrives later).
 */
export type Term =
  | { readonly kind: "path"; readonly root: "event" | "async"; readonly keys: readonly string[] }
  | { readonly kind: "literal"; readonly value: string | number | boolean };

export type Equality = { readonly left: Term; readonly right: Term };

const PATH = /^(event|async)((?:\.[A-Za-z_]\w*)+)$/;
const QUOTED = /^(?:'([^'\\]*)'|"([^"\\]*)")$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Undefined when the text is not a path such as `event.data.botId`. */
export const parsePath = (text: string): Extract<Term, { kind: "path" }> | undefined => {
  const match = PATH.exec(text.trim());
  if (!match) return undefined;
  const keys = (match[2] ?? "").split(".").slice(1);
  return { kind: "path", root: match[1] === "async" ? "async" : "event", keys };
};

const parseTerm = (text: string): Term | undefined => {
  const term = text.trim();
  const quoted = QUOTED.exec(term);
  if (quoted) return { kind: "literal", value: quoted[1] ?? quoted[2] ?? "" };
  if (NUMBER.test(term)) return { kind: "literal", value: Number(term) };
  if (term === "true" || term === "false") return { kind: "literal", value: term === "true" };
  return parsePath(term);
};

/** Undefined when the text is anything but one equality between terms: `&&`, calls, indexes and the like. */
export const parseEquality = (text: string): Equality | undefined => {
  const sides = text.split("==");
  if (sides.length !== 2) return undefined;
  const left = parseTerm(sides[0] ?? "");
  const right = parseTerm(sides[1] ?? "");
  return left && right && (left.kind === "path" || right.kind === "path") ? { left, right } : undefined;
};

/** The value at the path, or undefined where a key is missing. Inherited properties do not count. */
export const readPath = (keys: readonly string[], value: unknown): unknown =>
  keys.reduce<unknown>(
    (current, key) => (isJsonObject(current) && Object.hasOwn(current, key) ? current[key] : undefined),
    value,
  );

/** Whether the equality holds for one event. A missing value equals nothing, not even another missing value. */
export const holdsFor = (equality: Equality, event: unknown): boolean => {
  const read = (term: Term): unknown => (term.kind === "literal" ? term.value : readPath(term.keys, event));
  const left = read(equality.left);
  return left !== undefined && left !== null && left === read(equality.right);
};
