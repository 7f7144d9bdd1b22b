import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, showHidden } from "./show-hidden";

describe("a foreign text as it is shown", () => {
  it("has each character that turns or hides words written out", () => {
    expect(showHidden("buy \u202Ellik\u202C now")).toBe("buy ‹U+202E›llik‹U+202C› now");
    expect(showHidden("a\u200Bb\u2066c\uFE0Fd\u{E0041}")).toBe("a‹U+200B›b‹U+2066›c‹U+FE0F›d‹U+E0041›");
    expect(showHidden("bell\u0007 \u001B[31m\u2028x\uD800")).toBe("bell‹U+0007› ‹U+001B›[31m‹U+2028›x‹U+D800›");
  });

  it("keeps lines, tabs, accents and other scripts", () => {
    const text = "one\ntwo\tthree é 日本 עברית 🙂";
    expect(showHidden(text)).toBe(text);
    expect(showHidden("a\r\nb")).toBe("a\nb");
  });

  it("has no character left that is not seen, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(showHidden(text)).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^\P{Cc}\n\t]/u);
      }),
    );
  });
});

describe("a long text", () => {
  it("is cut at its length, and says how much more there is", () => {
    expect(cutText("abcdef", 4)).toEqual({ shown: "abcd", more: 2 });
    expect(cutText("abcd", 4)).toEqual({ shown: "abcd", more: 0 });
  });

  it("is not cut within a character", () => {
    expect(cutText("ab🙂cd", 3)).toEqual({ shown: "ab", more: 4 });
  });
});
