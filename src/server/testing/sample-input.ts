import type { z } from "zod";

/** What is known of a schema that is walked; each kind has some of these. */
type Definition = {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
};

/** Valid values by the name of the field; functions make a new one each time. */
export type KnownValues = Readonly<Record<string, unknown>>;

const isMaker = (value: unknown): value is () => unknown => typeof value === "function";

const knownFor = (known: KnownValues, name: string): unknown => {
  if (!(name in known)) throw new Error(`There is no valid value for the field "${name}": add one.`);
  const value = known[name];
  return isMaker(value) ? value() : value;
};

/** One valid object for each way in which one of its fields may be filled, the others being filled in their first way. */
const samplesOfObject = (shape: NonNullable<Definition["shape"]>, known: KnownValues): object[] => {
  const ways = Object.entries(shape).map(([name, field]) => [name, samplesOf(field, name, known)] as const);
  const first = Object.fromEntries(ways.map(([name, [sample]]) => [name, sample]));
  const others = ways.flatMap(([name, samples]) => samples.slice(1).map((sample) => ({ ...first, [name]: sample })));
  return [first, ...others];
};

const LEAVES: Readonly<Record<string, (definition: Definition) => unknown>> = {
  literal: ({ values }) => values?.[0],
  enum: ({ entries }) => Object.values(entries ?? {})[0],
  boolean: () => true,
};

/**
 * Inputs that a schema takes, with everything that may be left out: one for each option of each union in it. Texts,
 * numbers and what the schema cannot describe are looked up by the field's name.
 */
export const samplesOf = (schema: z.core.$ZodType, name: string, known: KnownValues): unknown[] => {
  const definition = schema._zod.def as Definition;
  const { type, innerType, element, options, shape } = definition;
  const inner = innerType ?? definition.in;
  if (inner) return samplesOf(inner, name, known);
  if (options) return options.flatMap((option) => samplesOf(option, name, known));
  if (shape) return samplesOfObject(shape, known);
  if (element) return samplesOf(element, name, known).map((sample) => [sample]);
  const leaf = LEAVES[type];
  return [leaf ? leaf(definition) : knownFor(known, name)];
};

export type PlacePath = readonly (string | number)[];

/** Every place in a value: the whole, each field and element, each part of these. */
export const placesIn = (value: unknown, path: PlacePath = []): PlacePath[] => {
  if (typeof value !== "object" || value === null) return [path];
  const names = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...names.flatMap((name) => placesIn(Reflect.get(value, name), [...path, name]))];
};

/** A copy of a value with something else at a place; the field itself stays, also one named `__proto__`. */
export const putAt = (value: unknown, [name, ...rest]: PlacePath, put: unknown): unknown => {
  if (name === undefined) return put;
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const part = Object.hasOwn(copy, name) ? (Reflect.get(copy, name) as unknown) : undefined;
  Object.defineProperty(copy, name, {
    value: putAt(part, rest, put),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
};
