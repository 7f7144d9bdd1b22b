import { expect, it } from "vitest";
import { askedBy } from "./asked-id";

const newId = (): string => "second";
const FIRST = { id: "first", text: null };

it("a command that is asked again has the id that it had", () => {
  const asked = askedBy(FIRST, "lock until 4", newId);
  expect(askedBy(asked, "lock until 4", newId)).toEqual({ id: "first", text: "lock until 4" });
});

it("what says something else has another id, so that it is not refused for having that of the first", () => {
  const asked = askedBy(FIRST, "lock until 4", newId);
  expect(askedBy(asked, "lock until 5", newId)).toEqual({ id: "second", text: "lock until 5" });
});
