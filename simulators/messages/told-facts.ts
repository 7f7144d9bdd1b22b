import type { AskedMessage } from "./asked-message";
import { isObject, objectsIn, textOf, type JsonObject } from "./json-value";

/** What a prompt tells, by path: a number without its unit, a word, or null where it says that nobody knows. */
export type ToldFacts = ReadonlyMap<string, number | string | null>;

/** "BTC/USDT.1h.rsi14 | RSI(14) | 61.43 of 100" */
const LINE = /^([^\s|]+\.[^\s|]+) \| [^|]+ \| ([^|]+)$/;
const NUMBER = /^(-?\d+(?:\.\d+)?)(?: \S.*)?$/;
const MISSING = "missing";

const valueOf = (text: string): number | string | null => {
  if (text === MISSING) return null;
  const [, number] = NUMBER.exec(text) ?? [];
  return number === undefined ? text : Number(number);
};

/** The lines "path | what it is | value" of a prompt, whatever stands between them. What is told twice counts once. */
export const readToldFacts = ({ blocks }: Pick<AskedMessage, "blocks">): ToldFacts => {
  const facts = new Map<string, number | string | null>();
  for (const line of blocks.join("\n").split("\n")) {
    const [, path, text] = LINE.exec(line.trim()) ?? [];
    if (path !== undefined && text !== undefined && !facts.has(path)) facts.set(path, valueOf(text.trim()));
  }
  return facts;
};

const objectAt = (value: unknown, name: string): JsonObject => {
  const inner = isObject(value) ? value[name] : null;
  return isObject(inner) ? inner : {};
};

/** The pairs that an answer must be about, as the tool's schema names them; none: the tool asks for something else. */
export const readAskedPairs = ({ tool }: Pick<AskedMessage, "tool">): readonly string[] => {
  const items = objectAt(objectAt(objectAt(tool?.schema, "properties"), "decisions"), "items");
  const named = objectsIn(items["anyOf"]).flatMap((option) => {
    const pairs = objectAt(objectAt(option, "properties"), "pair")["enum"];
    return Array.isArray(pairs) ? pairs.map(textOf) : [];
  });
  return [...new Set(named)].filter((pair) => pair !== "");
};
