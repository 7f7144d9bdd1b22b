import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readReplyBody } from "./read-reply-body";

const bodyOf = (text: string, name = "text"): string =>
  JSON.stringify({ stop_reason: "tool_use", content: [{ type: "text", [name]: text }] });
const textOf = (raw: string): unknown => (readReplyBody(raw).content[0] as { text?: unknown } | undefined)?.text;

describe("the body of a reply", () => {
  it.each([
    ["half of a character", "a \uD83D b", "a \uFFFD b"],
    ["the other half", "\uDE00", "\uFFFD"],
    ["NUL", "a\0b", "a\uFFFDb"],
    ["a whole one", "\u{1F600}", "\u{1F600}"],
    ["what only looks like half of one", "\\ud83d", "\\ud83d"],
    ["a backslash before half of one", "\\\uD83D", "\\\uFFFD"],
  ])("is read with %s as what can be stored", (_what, text, read) => {
    expect(textOf(bodyOf(text))).toBe(read);
  });

  it("has names that can be stored too", () => {
    expect(Object.keys(readReplyBody(bodyOf("a", "\uD800")).content[0] as object)).toEqual(["type", "\uFFFD"]);
  });

  it("is read as it is where all of it can be stored", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(textOf(bodyOf(text.replaceAll("\0", "")))).toBe(text.replaceAll("\0", ""));
      }),
    );
  });

  it.each(["", "<html>", "null", "[]", '{"content":1}', '{"content":[', "[".repeat(100_000)])(
    "that is none is a reply of nothing: %j",
    (raw) => {
      expect(readReplyBody(raw)).toEqual({ stopReason: null, content: [] });
    },
  );
});
