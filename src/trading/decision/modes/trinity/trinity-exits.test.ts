import { describe, expect, it } from "vitest";
import { toLineSides } from "../../../market/indicators/series/line-sides";
import type { PositionSide } from "../../../portfolio/position-side";
import { readTrinityEntryBlocks, readTrinityExits } from "./trinity-exits";
import { exitSignalsOf, type ExitSignals } from "./trinity-readings";
import { trinitySettingsSchema } from "./trinity-settings";
import { readLineTurn, type LineTurn } from "./trinity-turns";

const HOUR_MS = 3_600_000;
const settings = trinitySettingsSchema.parse({});

type Step = "with" | "against";

/** A candle's standing to both lines, one candle per hour, given from the view of a position's side. */
type Standing = { readonly supertrend: 1 | -1; readonly sma200: 1 | -1 };

const standingsOf = (side: PositionSide, supertrend: readonly Step[], sma200: readonly Step[]): Standing[] => {
  const sideOf = (step: Step | undefined) => ((step === "with") === (side === "long") ? 1 : -1);
  return supertrend.map((step, index) => ({ supertrend: sideOf(step), sma200: sideOf(sma200[index]) }));
};

const turnOf = (sides: readonly number[], warm: number): LineTurn =>
  readLineTurn(
    toLineSides(Int8Array.from(sides)),
    { warm, last: sides.length - 1 },
    sides.map((_, index) => (index + 1) * HOUR_MS),
  );

const signalsOf = (standings: readonly Standing[], rsi14: number | null = 50, warm = 0): ExitSignals => {
  const close = standings.at(-1)?.sma200 === 1 ? 101 : 99;
  const candle = { openTime: 0, open: close, high: close, low: close, close, volume: 1 };
  const turns = {
    supertrend: turnOf(
      standings.map(({ supertrend }) => supertrend),
      warm,
    ),
    sma200: turnOf(
      standings.map(({ sma200 }) => sma200),
      warm,
    ),
  };
  return exitSignalsOf({ candle, rsi14, sma200: 100, supertrend: 98, atr14: 1, turns });
};

const QUIET: Step[] = ["with", "with", "with", "with"];

describe.each(["long", "short"] as const)("a %s", (side) => {
  const met = (signals: ExitSignals, openedAt: number, chosen = settings): string[] =>
    readTrinityExits(signals, chosen, { side, openedAt })
      .filter(({ reading }) => reading.met === true)
      .map(({ rule }) => rule);

  it.each<[string, Step[], number, boolean]>([
    ["turned on the last candle", ["with", "with", "with", "against"], 2, true],
    ["turned while cycles were missed", ["with", "against", "against", "against"], 1, true],
    ["turned and turned back", ["with", "against", "with", "with"], 1, false],
    ["was against it from the start and stays", ["with", "against", "against", "against"], 2, false],
    ["came round and turned again", ["against", "against", "with", "against"], 1, true],
    ["turned before it was opened, at the very candle", ["with", "with", "with", "against"], 4, false],
  ])("leaves by a rule that %s: opened at hour %#", (_, steps, openedHour, isExit) => {
    const openedAt = openedHour * HOUR_MS;
    expect(met(signalsOf(standingsOf(side, steps, QUIET)), openedAt)).toEqual(isExit ? ["supertrend"] : []);
    expect(met(signalsOf(standingsOf(side, QUIET, steps)), openedAt)).toEqual(isExit ? ["sma200"] : []);
  });

  it("counts from the candle that had closed when it was opened between two", () => {
    const standings = standingsOf(side, ["with", "with", "against", "against"], QUIET);
    expect(met(signalsOf(standings), 2.5 * HOUR_MS)).toEqual(["supertrend"]);
    expect(met(signalsOf(standings), 3.5 * HOUR_MS)).toEqual([]);
  });

  it("leaves when RSI14 is stretched its way, and not the other way", () => {
    const [stretched, line] = side === "long" ? [75.1, 75] : [24.9, 25];
    const quiet = standingsOf(side, QUIET, QUIET);
    expect(met(signalsOf(quiet, stretched), 0)).toEqual(["rsi"]);
    expect(met(signalsOf(quiet, line), 0)).toEqual([]);
    expect(met(signalsOf(quiet, 100 - stretched), 0)).toEqual([]);
  });

  it("does not know what is not warm, and reads only the rules that are on", () => {
    const coldOf = (rsi14: number | null) => ({
      ...signalsOf(standingsOf(side, QUIET, QUIET), rsi14, QUIET.length),
      sma200: null,
      supertrend: null,
    });
    const readings = readTrinityExits(coldOf(null), settings, { side, openedAt: 0 });
    expect(readings.map(({ reading }) => reading.met)).toEqual([null, null, null]);
    const off = trinitySettingsSchema.parse({ exitOnSupertrend: false, exitOnSma200: false, exitOnRsi: false });
    expect(met(signalsOf(standingsOf(side, ["with", "with", "with", "against"], QUIET), 50), 0, off)).toEqual([]);
    expect(readTrinityExits(coldOf(99), off, { side, openedAt: 0 })).toEqual([]);
  });

  it("is not opened while Supertrend or SMA200 stands against it", () => {
    const blocks = (supertrend: Step[], sma200: Step[]): string[] =>
      readTrinityEntryBlocks(signalsOf(standingsOf(side, supertrend, sma200)), settings, side)
        .filter(({ reading }) => reading.met === true)
        .map(({ rule }) => rule);
    expect(blocks(["with", "with"], ["with", "with"])).toEqual([]);
    expect(blocks(["against", "against"], ["with", "with"])).toEqual(["supertrend"]);
    expect(blocks(["with", "with"], ["with", "against"])).toEqual(["sma200"]);
    expect(blocks(["with", "with"], ["against", "against"])).toEqual(["sma200"]);
  });
});
