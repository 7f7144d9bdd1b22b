import { expect, it } from "vitest";
import { countGrounded } from "./answer-words";

const citation = (verdict: "grounded" | "differs") => ({ path: "a", label: "a", cited: "1", told: "2", verdict });

it("citations are counted, and one that differs is said to void", () => {
  expect(countGrounded([citation("grounded"), citation("grounded")])).toBe(
    "All 2 citations are as the model was told.",
  );
  expect(countGrounded([citation("grounded"), citation("differs")])).toMatch(/^1 of 2 .* void\.$/);
  expect(countGrounded([])).toBe("It cites nothing.");
});
