import { expect, it } from "vitest";
import { toFact } from "./fact";
import { movedFacts } from "./moved-facts";
import { toldFacts } from "./testing/told-market";

it("finds nothing moved where the prompt would show the same", () => {
  expect(movedFacts(toldFacts(), toldFacts())).toEqual([]);
  const aged = (hours: number) =>
    ["BTC/USDT.position.age", "sentiment.age"].map((path) => toFact(path, "so long", [hours, "hours"]));
  expect(movedFacts(aged(1), aged(2))).toEqual([]);
});

it("names what differs, what is new, and what is told no more", () => {
  const at = (path: string, value: number | null) => toFact(path, "", [value, "price"]);
  const before = [at("a", 1), at("b", 2), at("gone", 3)];
  expect(movedFacts(before, [at("a", 1), at("b", null), at("new", 4)])).toEqual(["b", "new", "gone"]);
  expect(movedFacts([at("a", 1)], [at("a", 1.000000001)]), "below the digits that are shown").toEqual([]);
});
