import { isObject, objectsIn, textOf, type JsonObject } from "./json-value";

// "JSON Schema limitations" of the page "Structured outputs", and the words of the 400s that are known.
const REFUSED_BOUNDS = [
  "exclusiveMaximum",
  "exclusiveMinimum",
  "maximum",
  "minimum",
  "multipleOf",
  "maxLength",
  "minLength",
  "maxItems",
  "uniqueItems",
  "maxProperties",
  "minProperties",
  "patternProperties",
];
const REFUSED_FORMS = ["oneOf", "not", "if"];

const bounds = (type: string, names: readonly string[]): string => {
  const what = names.length === 1 ? `property '${names[0]}' is` : `properties ${names.join(", ")} are`;
  return `For '${type}' type, ${what} not supported`;
};

const ownFault = (schema: JsonObject): string | null => {
  const type = textOf(schema["type"]);
  const form = REFUSED_FORMS.find((name) => name in schema);
  if (form !== undefined) return `Schema type '${form}' is not supported`;
  const named = REFUSED_BOUNDS.filter((name) => name in schema);
  if (named.length > 0) return bounds(type, named);
  if (![undefined, 0, 1].includes(schema["minItems"] as number | undefined)) {
    return "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
  }
  const isOpen = type === "object" && schema["additionalProperties"] !== false;
  return isOpen ? "For 'object' type, 'additionalProperties' must be explicitly set to false" : null;
};

const innerOf = (schema: JsonObject): JsonObject[] => {
  const { properties, items, anyOf, allOf } = schema;
  const named = isObject(properties) ? Object.values(properties).filter(isObject) : [];
  return [...named, ...(isObject(items) ? [items] : []), ...objectsIn(anyOf), ...objectsIn(allOf)];
};

const faultIn = (schema: JsonObject): string | null =>
  ownFault(schema) ??
  innerOf(schema)
    .map(faultIn)
    .find((fault) => fault !== null) ??
  null;

/** Why a strict tool is not taken: its schema says what nobody can hold a model to; null: there is none such. */
export const findStrictFault = (body: JsonObject): string | null => {
  for (const [index, { strict, input_schema: schema }] of objectsIn(body["tools"]).entries()) {
    const fault = strict === true && isObject(schema) ? faultIn(schema) : null;
    if (fault !== null) return `tools.${index}.custom: ${fault}`;
  }
  return null;
};
