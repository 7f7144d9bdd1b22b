import { expect, it } from "vitest";
import { cursorOf, textOf, withParams } from "./with-params";

it("an address gets what has a value, in a form that a browser reads back", () => {
  const href = withParams("/bots/1?view=trades", { from: "a b&c", sort: undefined, side: null, text: "" });
  expect(href).toBe("/bots/1?view=trades&from=a+b%26c");
  expect(new URL(href, "http://x").searchParams.get("from")).toBe("a b&c");
  expect(withParams("/bots", {})).toBe("/bots");
});

it("what a list is searched for is one text, or nothing", () => {
  expect([textOf({ text: " a b " }), textOf({ text: ["a", "b"] }), textOf({})]).toEqual(["a b", "", ""]);
});

it("a cursor is one text, or the page is the first", () => {
  expect([cursorOf({ from: "x" }), cursorOf({ from: ["x", "y"] }), cursorOf({ from: "" }), cursorOf({})]).toEqual([
    "x",
    undefined,
    undefined,
    undefined,
  ]);
});
