import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LABEL_HEIGHT, placeLabels } from "./place-labels";

const PANE = 300;

describe("placeLabels", () => {
  it("centres a label and keeps it from being cut off at a side", () => {
    const labels = [
      { x: 150, top: 0, width: 40 },
      { x: 5, top: 0, width: 40 },
      { x: 295, top: 0, width: 40 },
    ];
    expect(placeLabels(labels, PANE).map(({ left }) => left)).toEqual([130, 0, 260]);
  });

  it("leaves out what is out of view", () => {
    expect(placeLabels([{ x: -1, top: 0, width: 40 }], PANE)).toEqual([]);
  });

  it("gives the first the choice, and covers none with another", () => {
    const label = fc.record({ x: fc.nat(PANE), top: fc.nat(100), width: fc.integer({ min: 10, max: 120 }) });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 30 }), (labels) => {
        const placed = placeLabels(labels, PANE);
        expect(placed[0]).toMatchObject(labels[0] ?? {});
        for (const [index, one] of placed.entries()) {
          for (const other of placed.slice(index + 1)) {
            const isBeside = one.left + one.width <= other.left || other.left + other.width <= one.left;
            expect(isBeside || Math.abs(one.top - other.top) >= LABEL_HEIGHT).toBe(true);
          }
        }
      }),
    );
  });
});
