import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffWords, type Stretch } from "./diff-words";

const without = (parts: readonly Stretch[], kind: Stretch["kind"]): string =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join("");

describe("the difference of two texts", () => {
  it("is told word by word, what was removed before what came in its place", () => {
    expect(diffWords("Buy the dip now.\nHold.", "Buy the top now.\nHold.")).toEqual([
      { kind: "same", text: "Buy the " },
      { kind: "removed", text: "dip " },
      { kind: "added", text: "top " },
      { kind: "same", text: "now.\nHold." },
    ]);
  });

  it("of a line more is that line alone", () => {
    expect(diffWords("One.\nTwo.", "One.\nNew.\nTwo.")).toEqual([
      { kind: "same", text: "One.\n" },
      { kind: "added", text: "New.\n" },
      { kind: "same", text: "Two." },
    ]);
  });

  it("leads from either text to the other, whatever they are", () => {
    const text = fc.array(fc.constantFrom("a", "b", " ", "\n", "c d"), { maxLength: 40 }).map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffWords(before, after);
        expect(without(parts, "added")).toBe(before);
        expect(without(parts, "removed")).toBe(after);
      }),
    );
  });

  it("of texts that are too long is both of them whole", () => {
    const long = "word ".repeat(1001);
    expect(diffWords(long, "short").map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});
