import { expect, it } from "vitest";
import { readRetryAfter } from "./retry-after";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const at = (text: string): number => readRetryAfter(new Headers({ "retry-after": text }), NOW);

it("a wait is in seconds, whole or not, or until a date", () => {
  expect([at("2"), at("0"), at("1.5"), at(" 3 ")]).toEqual([2000, 0, 1500, 3000]);
  expect(at("Sat, 28 Nov 2026 12:00:30 GMT")).toBe(30_000);
  expect(at("Sat, 28 Nov 2026 11:59:00 GMT")).toBe(0);
});

it("a wait that is not said, or makes no sense, is a second", () => {
  expect([readRetryAfter(undefined, NOW), readRetryAfter(new Headers(), NOW)]).toEqual([1000, 1000]);
  expect([at("soon"), at("Infinity"), at("NaN")]).toEqual([1000, 1000, 1000]);
});
