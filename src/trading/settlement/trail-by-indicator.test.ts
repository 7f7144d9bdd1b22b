import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import type { PositionSide } from "../portfolio/position-side";
import { trailByIndicator } from "./move-levels";
import { settlePosition } from "./settle-position";
import { held } from "./testing/held-position";

const TICK = decimal("0.01");

describe("a stop that trails by an indicator", () => {
  const reading = { close: 110, atr14: 2, supertrend: { direction: "up", value: 104.567 } } as const;
  const stopOf = (terms: unknown, read = reading, side: PositionSide = "long") =>
    trailByIndicator(held(terms, side), read, TICK).stopLoss?.toFixed();

  it("goes so many ATR behind the close, or on Supertrend, on the tick away from the price", () => {
    expect(stopOf({ trailing: { by: "atr", multiple: 3 } })).toBe("104");
    expect(stopOf({ trailing: { by: "supertrend" } })).toBe("104.56");
  });

  it("is known to have moved at the mark of its position, which may be beyond it already", () => {
    const position = held({ trailing: { by: "atr", multiple: 3 } }, "long", { markedAt: 7 });
    expect(trailByIndicator(position, reading, TICK).exitPlan.stopMovedAt).toBe(7);
    const unmoved = held({ trailing: { by: "atr", multiple: 15 } }, "long", { markedAt: 7 });
    expect(trailByIndicator(unmoved, reading, TICK).exitPlan.stopMovedAt).toBeUndefined();
  });

  it("never goes back, and stays where the reading is unknown or against it, or its gain has not come", () => {
    expect(stopOf({ trailing: { by: "atr", multiple: 15 } })).toBe("90");
    expect(
      trailByIndicator(
        held({ trailing: { by: "atr", multiple: 3 } }),
        { ...reading, atr14: null },
        TICK,
      ).stopLoss?.toFixed(),
    ).toBe("90");
    const down = { ...reading, supertrend: { direction: "down" as const, value: 95 } };
    expect(trailByIndicator(held({ trailing: { by: "supertrend" } }), down, TICK).stopLoss?.toFixed()).toBe("90");
    expect(stopOf({ trailing: { by: "supertrend", fromFraction: 0.2 } })).toBe("90");
    expect(stopOf({ trailing: { by: "percent", distanceFraction: 0.02 } })).toBe("90");
  });

  it("of a short stands above the price", () => {
    const read = { close: 92, atr14: 2, supertrend: { direction: "down" as const, value: 95.123 } };
    expect(
      trailByIndicator(held({ trailing: { by: "atr", multiple: 3 } }, "short"), read, TICK).stopLoss?.toFixed(),
    ).toBe("98");
    expect(trailByIndicator(held({ trailing: { by: "supertrend" } }, "short"), read, TICK).stopLoss?.toFixed()).toBe(
      "95.13",
    );
  });

  it("stops by its own name", () => {
    const moved = trailByIndicator(held({ trailing: { by: "supertrend" } }), reading, TICK);
    expect(moved.exitPlan.trailLevel).toBe("104.56");
    const candle = { openTime: 0, open: 110, high: 111, low: 104, close: 105, volume: 1e15 };
    const terms = {
      takerFeeRate: decimal("0.0005"),
      timeframe: "5m",
      lot: decimal("0.001"),
      tick: TICK,
      time: 300_000,
    } as const;
    const [exit] = settlePosition(moved, [candle], terms).exits;
    expect([exit?.kind, exit?.fill.price.toFixed()]).toEqual(["trailing-stop", "104.54"]);
  });
});
