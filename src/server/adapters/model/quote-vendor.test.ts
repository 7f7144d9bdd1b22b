import { expect, it } from "vitest";
import { quoteVendor } from "./quote-vendor";

const SECRET = "sk-canary-4f1d0c9b7a6e5d3c2b1a";

it.each<[what: string, body: unknown]>([
  ["of the Messages API", { type: "error", error: { type: "x", message: "too long" } }],
  ["of another vendor", { error: "too long" }],
  ["with the message alone", { message: "too long" }],
  ["of plain text", "too long"],
  ["over several lines, with signs that are not seen", "too\u200b\n\t long\u0000"],
])("is the message of a body %s", (_what, body) => {
  expect(quoteVendor(body, SECRET)).toBe("too long");
});

it.each<[what: string, body: unknown]>([
  ["no body", null],
  ["an empty one", ""],
  ["a page", "<!doctype html><h1>502</h1>"],
  ["a message that is none", { error: { message: 7 } }],
  ["a list", [1]],
  ["the key", `bad key ${SECRET}`],
  ["its first letters", `bad key ${SECRET.slice(0, 6)}...`],
  ["its last letters", `bad key ...${SECRET.slice(-6)}`],
  ["letters amid it, in capitals", `bad key ${SECRET.slice(9, 15).toUpperCase()}`],
])("is nothing of %s", (_what, body) => {
  expect(quoteVendor(body, SECRET)).toBeNull();
});

it("is short, and whole where there is no key to hide", () => {
  expect(quoteVendor("a".repeat(500), SECRET)).toBe(`${"a".repeat(200)}…`);
  expect(quoteVendor("say ollama", null)).toBe("say ollama");
});

it("has whole characters only, so that it can be stored wherever it is told", () => {
  expect(quoteVendor("too \uD83D long \uDE00", SECRET)).toBe("too long");
  expect(quoteVendor(`${"a".repeat(199)}\u{1F600}b`, SECRET)).toBe(`${"a".repeat(199)}\u{1F600}…`);
  expect(quoteVendor("\u{1F600}".repeat(200), SECRET)).toBe("\u{1F600}".repeat(200));
});
