import { describe, expect, it } from "vitest";
import type { CandleChart } from "~/contracts/chart-view";
import { candleStory } from "./describe-candles";

type Mark = CandleChart["marks"][number];

const mark = (kind: Mark["kind"], text: string, time = 60): Mark => ({
  time,
  kind,
  side: "long",
  price: 1,
  text,
  cycleId: null,
  positionId: null,
});

const toldOf = (...marks: Mark[]): string | null => candleStory({ marks }, 60);

const HELD = "the pair has an open position already";

describe("what the bot did on a candle", () => {
  it("is told once with how often, where it did the same again", () => {
    expect(toldOf(mark("refused", HELD), mark("refused", HELD))).toBe(`refused: ${HELD}, 2 times`);
    expect(toldOf(mark("refused", HELD), mark("exit", "stop filled -4.20"))).toBe(
      `refused: ${HELD}; stop filled −4.20`,
    );
  });

  it("is cut to two different things and a count, and is of that candle alone", () => {
    const many = ["long entry", "long leg", "long added", "part at its target"].map((text) => mark("entry", text));
    expect(toldOf(...many, mark("entry", "long entry", 120))).toBe("long entry; long leg; and 2 more");
    expect(toldOf(mark("entry", "long entry", 120))).toBeNull();
  });
});
