import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeReason, holdRows, nextHeld } from "./hold-rows";

type Row = { readonly id: number; readonly value: string };

const row = (id: number, value = "old"): Row => ({ id, value });
const rows = (...ids: number[]): Row[] => ids.map((id) => row(id));
const keyOf = ({ id }: Row): string => String(id);
const idsOf = (list: readonly Row[]): number[] => list.map(({ id }) => id);

describe("a list that is held", () => {
  it("lets newer rows wait and keeps every row in its place", () => {
    const { shown, waiting } = holdRows(rows(3, 2, 1), rows(6, 5, 4, 3, 2, 1), keyOf);
    expect(idsOf(shown)).toEqual([3, 2, 1]);
    expect(waiting).toBe(3);
  });

  it("shows what changed in a row, and keeps one that is gone", () => {
    const { shown, waiting } = holdRows(rows(3, 2, 1), [row(3, "new"), row(1)], keyOf);
    expect(shown).toEqual([row(3, "new"), row(2), row(1)]);
    expect(waiting).toBe(0);
  });

  it("takes older rows at its end at once: they move nothing", () => {
    const { shown, waiting } = holdRows(rows(3, 2), rows(4, 3, 2, 1, 0), keyOf);
    expect(idsOf(shown)).toEqual([3, 2, 1, 0]);
    expect(waiting).toBe(1);
  });

  it("lets everything wait where it knows nothing of what came", () => {
    const { shown, waiting } = holdRows(rows(1), rows(9, 8), keyOf);
    expect([idsOf(shown), waiting]).toEqual([[1], 2]);
  });

  it("moves no row whatever comes, and counts each newer one", () => {
    const newestFirst = fc
      .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 })
      .map((ids) => ids.toSorted((a, b) => b - a));
    fc.assert(
      fc.property(newestFirst, newestFirst, (held, latest) => {
        const { shown, waiting } = holdRows(rows(...held), rows(...latest), keyOf);
        expect(idsOf(shown).slice(0, held.length)).toEqual(held);
        expect(waiting + shown.length).toBe(new Set([...held, ...latest]).size);
      }),
    );
  });
});

describe("a list", () => {
  const [old, latest] = [rows(2, 1), rows(3, 2, 1)];

  it.each([
    ["nothing while nobody is at it", null, false, null],
    ["what it shows when somebody comes", null, true, latest],
    ["the same while somebody stays", old, true, old],
    ["nothing once everybody has gone", old, false, null],
  ] as const)("holds %s", (_case, held, isHeld, next) => expect(nextHeld(held, latest, isHeld)).toBe(next));

  it("is held as long as one reason is left, and draws nothing anew where none came or went", () => {
    const pointer = changeReason<string>(new Set(), "pointer", true);
    const both = changeReason(pointer, "focus", true);
    expect([...both]).toEqual(["pointer", "focus"]);
    expect([...changeReason(both, "pointer", false)]).toEqual(["focus"]);
    expect(changeReason(changeReason(both, "pointer", false), "focus", false).size).toBe(0);
    expect(changeReason(pointer, "pointer", true)).toBe(pointer);
    expect(changeReason(pointer, "focus", false)).toBe(pointer);
  });
});
