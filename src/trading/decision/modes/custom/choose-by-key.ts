import { z } from "zod";

/** Reads each value by the schema that is meant for it, so that what is wrong is said of the shape that was meant. */
export const readBy = <Value>(schemaFor: (raw: unknown) => z.ZodType<Value>): z.ZodType<Value> =>
  z.unknown().transform((raw, context): Value => {
    const parsed = schemaFor(raw).safeParse(raw);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      context.issues.push({ code: "custom", input: raw, path, message });
    }
    return z.NEVER;
  });

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * One of several shapes, chosen by the one key that only that shape has. `options` is called once, when the first value is
 * read: shapes may contain each other.
 */
export const chooseByKey = <Value>(
  what: string,
  options: () => Readonly<Record<string, z.ZodType<Value>>>,
): z.ZodType<Value> => {
  let known: ReturnType<typeof options> | undefined;
  return readBy((raw) => {
    known ??= options();
    const keys = Object.keys(known).filter((key) => isObject(raw) && Object.hasOwn(raw, key));
    const schema = keys.length === 1 ? known[keys[0] ?? ""] : undefined;
    return schema ?? z.never(`${what} needs exactly one of ${Object.keys(known).join(", ")}`);
  });
};
