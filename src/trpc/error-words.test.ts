import { expect, it } from "vitest";
import { errorWords, NO_ANSWER } from "./error-words";

it("tells the server's own words", () => {
  expect(errorWords({ message: "The bot is archived.", data: { code: "CONFLICT" } })).toBe("The bot is archived.");
});

it("tells of a call without an answer that asking again does nothing twice, never what the browser says", () => {
  expect(errorWords({ message: "Failed to fetch" })).toBe(NO_ANSWER);
  expect(errorWords({ message: "Unexpected token '<'", data: null })).toBe(NO_ANSWER);
});

it("says nothing where nothing failed", () => {
  expect(errorWords(null)).toBeNull();
});
