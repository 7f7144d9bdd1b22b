import { describe, expect, it } from "vitest";
import { withOpacity } from "./palette";

describe("withOpacity", () => {
  it.each([
    ["#13161a", 1, "#13161aff"],
    ["#13161a", 0.2, "#13161a33"],
    ["#13161a", 0, "#13161a00"],
    ["#fff", 0.5, "#ffffff80"],
  ])("%s at %d is a colour that a canvas takes: %s", (colour, opacity, text) =>
    expect(withOpacity(colour, opacity)).toBe(text),
  );
});
