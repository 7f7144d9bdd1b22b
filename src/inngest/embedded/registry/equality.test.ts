import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsFor, parseEquality, parsePath, readPath } from "./equality";

describe("parseEquality", () => {
  it.each([
    "event.data.a == 1 && event.data.b == 2",
    "event.data.a != 1",
    "event.data['a'] == 1",
    "1 == 1",
    "event.data.a",
    "event.data.a == 'it\\'s'",
    "other.a == 1",
    "event.data.a == size(event.data.b)",
    "event.data.a == 1 == 2",
    "",
  ])("refuses %s", (text) => expect(parseEquality(text)).toBeUndefined());

  it("reads both orders alike", () => {
    const event = { data: { kind: "x", count: 3, on: true } };
    for (const text of [
      "event.data.kind == 'x'",
      '"x" == event.data.kind',
      "event.data.count==3",
      "true == event.data.on",
    ]) {
      const equality = parseEquality(text);
      expect(equality && holdsFor(equality, event), text).toBe(true);
      expect(equality && holdsFor(equality, { data: {} }), text).toBe(false);
    }
  });

  it("holds for a text exactly when the event has that text", () => {
    const plain = fc.stringMatching(/^[^'\\]{0,20}$/).filter((text) => !text.includes("=="));
    fc.assert(
      fc.property(plain, plain, (literal, actual) => {
        const equality = parseEquality(`event.data.value == '${literal}'`);
        return equality !== undefined && holdsFor(equality, { data: { value: actual } }) === (literal === actual);
      }),
    );
  });

  it("finds no equality between two missing values, nor in what objects inherit", () => {
    const equality = parseEquality("event.data.a == event.data.b");
    expect(equality && holdsFor(equality, { data: {} })).toBe(false);
    expect(equality && holdsFor(equality, { data: { a: null, b: null } })).toBe(false);
    expect(readPath(["data", "constructor"], { data: {} })).toBeUndefined();
  });
});

it("parsePath knows event and async only", () => {
  expect(parsePath("event.data.botId")).toEqual({ kind: "path", root: "event", keys: ["data", "botId"] });
  expect(parsePath("async.data.x")?.root).toBe("async");
  expect(parsePath("event")).toBeUndefined();
  expect(parsePath("env.data.x")).toBeUndefined();
});
