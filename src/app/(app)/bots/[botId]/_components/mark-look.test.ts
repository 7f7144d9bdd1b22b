import { describe, expect, it } from "vitest";
import type { Palette } from "~/components/charts/palette";
import { markLabels, markLook, formatMark, type Mark } from "./mark-look";

const palette = { accent: "#00f", gain: "#0a0", loss: "#a00", ink: "#000", warn: "#aa0" } as Palette;
const mark = (change: Partial<Mark>): Mark => ({
  time: 0,
  kind: "entry",
  side: "long",
  price: 1,
  text: "",
  cycleId: null,
  positionId: null,
  ...change,
});

describe("marks", () => {
  it.each([
    ["entry", "long", { shape: "arrowUp", position: "belowBar" }],
    ["entry", "short", { shape: "arrowDown", position: "aboveBar" }],
    ["exit", "long", { shape: "square", position: "aboveBar" }],
    ["exit", "short", { shape: "square", position: "belowBar" }],
    ["refused", "long", { shape: "circle", position: "belowBar" }],
  ] as const)("a %s of a %s is told by its shape and its place", (kind, side, look) =>
    expect(markLook(mark({ kind, side }), palette)).toMatchObject(look),
  );

  it("tells an exit's result by colour too, and an unknown one by none", () => {
    const colourOf = (text: string) => markLook(mark({ kind: "exit", text }), palette).color;
    expect([colourOf("stop filled -4.20"), colourOf("target filled +12.30"), colourOf("long exit")]).toEqual([
      "#a00",
      "#0a0",
      "#000",
    ]);
  });

  it("are given a true minus sign before the result, not in the reason", () => {
    expect(formatMark({ text: "stop filled -4.20" })).toBe("stop filled −4.20");
    expect(formatMark({ text: "exit-sma200 -7.32" })).toBe("exit-sma200 −7.32");
    expect(formatMark({ text: "exit-sma200" })).toBe("exit-sma200");
  });

  it("say beside an entry which one it is, where it is not the first of its position", () => {
    const marks = ["long entry", "long leg", "long added"].map((text) => mark({ text }));
    const candles = [{ time: 0, open: 1, high: 1, low: 1, close: 1, volume: null }];
    const labels = markLabels({ marks, candles } as unknown as Parameters<typeof markLabels>[0], palette);
    expect(labels.map(({ text }) => text)).toEqual(["long added", "long leg", "long"]);
  });
});
