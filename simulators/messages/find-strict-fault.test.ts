import { expect, it } from "vitest";
import { findStrictFault } from "./find-strict-fault";

const strictTool = (schema: object, strict = true) => ({ tools: [{ name: "submit", strict, input_schema: schema }] });
const of = (property: object) =>
  strictTool({ type: "object", properties: { a: property }, additionalProperties: false });

it.each<[what: string, property: object, says: string]>([
  [
    "bounds of a number",
    { type: "integer", minimum: 1, maximum: 9 },
    "For 'integer' type, properties maximum, minimum are not supported",
  ],
  [
    "a bound of a number",
    { type: "number", exclusiveMinimum: 0 },
    "For 'number' type, property 'exclusiveMinimum' is not supported",
  ],
  ["a length", { type: "string", maxLength: 9 }, "For 'string' type, property 'maxLength' is not supported"],
  ["a size", { type: "array", maxItems: 3 }, "For 'array' type, property 'maxItems' is not supported"],
  [
    "a least size of two",
    { type: "array", minItems: 2 },
    "For 'array' type, 'minItems' values other than 0 or 1 are not supported",
  ],
  ["a choice of one", { oneOf: [{ type: "string" }] }, "Schema type 'oneOf' is not supported"],
  [
    "an open object in a choice in a list",
    { type: "array", items: { anyOf: [{ type: "object" }] } },
    "For 'object' type, 'additionalProperties' must be explicitly set to false",
  ],
])("a strict tool with %s is turned away", (_what, property, says) => {
  expect(findStrictFault(of(property))).toBe(`tools.0.custom: ${says}`);
});

it("takes what is left, and any schema of a tool that is not strict", () => {
  const left = { type: "array", minItems: 1, items: { anyOf: [{ enum: ["a"] }, { const: "b" }, { type: "number" }] } };
  expect(findStrictFault(of(left))).toBeNull();
  expect(findStrictFault(strictTool({ type: "object", oneOf: [] }, false))).toBeNull();
  expect(findStrictFault({})).toBeNull();
});
