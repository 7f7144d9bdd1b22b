import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { decisionTimeframes } from "../decision/decide";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { decimal } from "../money";
import type { PlannedPosition } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { decideMarket } from "./decide-market";

const COUNT = 300;
const NOW = 1_704_067_200_000;
/** A mode that always wants a long, twice levered, and that closes one only where it is told to. */
const settingsFor = (exitsAbove: number) =>
  botSettingsSchema.parse({
    mode: "custom",
    pairs: ["BTC/USDT"],
    decision: {
      long: {
        setups: [
          {
            kind: "conditions",
            code: "always",
            name: "Always",
            all: [{ code: "priced", name: "a price", when: { left: "close", is: ">", right: 0 } }],
            score: 0.7,
            sizes: [{ sizeFraction: 0.1 }],
            leverage: 2,
            stop: { from: "low", fraction: 0.01 },
            target: { fraction: 0.03 },
          },
        ],
        exits: [{ code: "high", name: "high enough", when: { left: "close", is: ">", right: exitsAbove } }],
      },
    },
  });

const twiceLevered = (part: Partial<PlannedPosition> = {}): PlannedPosition =>
  buildPosition({ leverage: decimal(2), ...part });

const ask = (held: PlannedPosition | undefined, { mayAdd = true, exitsAbove = 1e9 } = {}) => {
  const settings = settingsFor(exitsAbove);
  const series = decisionTimeframes(settings).map(({ timeframe }) =>
    createSyntheticCandles({ seed: 7, volatility: 0.004, count: COUNT, timeframe, startTime: NOW - COUNT * 3_600_000 }),
  );
  return decideMarket({ pair: "BTC/USDT", time: NOW, settings, series, held, mayAdd, wasHeld: false });
};

describe("a bot that may add to a position asks its mode about a held market once more, as if nothing were held", () => {
  it("and where it would enter the same, it wants to add; the stop still trails by what it read", () => {
    const [free, held] = [ask(undefined), ask(twiceLevered())];
    expect([free.action, held.action]).toEqual(["open", "open"]);
    expect(free.trailBy).toBeUndefined();
    expect(held.trailBy).toMatchObject({ close: expect.any(Number) as number });
  });

  it.each<[string, PlannedPosition, mayAdd: boolean]>([
    ["it may not add", twiceLevered(), false],
    ["its position has another leverage", twiceLevered({ leverage: decimal(3) }), true],
    ["its position is of the other side", twiceLevered({ side: "short" }), true],
  ])("but holds where %s", (_case, held, mayAdd) => {
    expect(ask(held, { mayAdd }).action).toBe("hold");
  });

  it("and closes where its mode closes, whatever it would enter", () => {
    expect(ask(twiceLevered(), { exitsAbove: 0.01 }).action).toBe("close");
  });
});
