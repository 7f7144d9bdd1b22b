import { describe, expect, it } from "vitest";
import type { Part } from "~/contracts/pulse";
import {
  areFunctionsSilent,
  executorOf,
  isJudged,
  judgeBeats,
  type Beat,
  type BeatName,
  type Beats,
} from "./judge-beats";

const NOW = Date.UTC(2024, 0, 1);
const beatOf = (age: number): Beat => ({ beatAt: new Date(NOW - age * 1000), ageSeconds: age });
const beatsOf = (ages: Partial<Record<BeatName, number>>): Beats =>
  Object.fromEntries(Object.entries(ages).map(([name, age]) => [name, beatOf(age)]));
const stopped = (ages: Partial<Record<BeatName, number>>, hasDemo = true, awaited: number | null = null): string[] =>
  judgeBeats(beatsOf(ages), { hasDemo, awaited: awaited === null ? null : beatOf(awaited) }).map(
    ({ part, since }) => `${part} ${(NOW - since.getTime()) / 1000}`,
  );

describe("what has stopped is known by its last sign of life", () => {
  it.each([
    ["all beat", { runner: 1, market: 2, functions: 60, cycles: 5 }, []],
    ["nothing has ever beaten", {}, []],
    ["a runner that is slow", { runner: 10, market: 1 }, []],
    ["a runner that is frozen", { runner: 11, market: 1, functions: 20 }, ["runner 11"]],
    ["a market that is frozen", { runner: 1, market: 30 }, ["market 30"]],
    ["a frozen runner runs no cycles: that is said once", { runner: 100, market: 1, cycles: 100 }, ["runner 100"]],
    ["a runner that lives while cycles do not end", { runner: 1, market: 1, cycles: 91 }, ["cycles 91"]],
    ["cycles that take their time", { runner: 1, market: 1, cycles: 90 }, []],
    ["functions elsewhere that run by the minute", { functions: 140, cycles: 200 }, []],
    ["functions elsewhere that run no more", { functions: 151 }, ["functions 151"]],
    ["functions elsewhere and their market", { functions: 151, market: 30 }, ["functions 151", "market 30"]],
    ["functions elsewhere whose cycles do not end", { functions: 60, cycles: 211 }, ["cycles 211"]],
    ["a runner of long ago, and functions elsewhere since", { runner: 9000, functions: 30 }, []],
    ["a runner that gave way to functions elsewhere a minute and some seconds ago", { runner: 75, functions: 4 }, []],
    ["a runner that died just before its functions' last beat", { runner: 75, functions: 6 }, ["runner 75"]],
    ["a runner that died with its functions", { runner: 400, functions: 420 }, ["runner 400"]],
  ])("%s", (_case, ages, expected) => {
    expect(stopped(ages)).toEqual(expected);
  });

  it("asks for no market where no demo is in use", () => {
    expect(stopped({ runner: 1, market: 9000 }, false)).toEqual([]);
  });

  it("misses who executes where bots wait for it, and nobody ever did", () => {
    expect(stopped({ market: 1, cycles: 100 }, true, 150)).toEqual([]);
    expect(stopped({ market: 1, cycles: 100 }, true, 151)).toEqual(["functions 151"]);
    expect(stopped({ market: 1, runner: 2 }, true, 151)).toEqual([]);
    expect(stopped({ market: 1, functions: 60 }, true, 9000)).toEqual([]);
  });

  it.each<[Part, Part[], boolean]>([
    ["cycles", [], true],
    ["cycles", ["market"], true],
    ["cycles", ["runner"], false],
    ["cycles", ["functions"], false],
    ["market", ["runner"], true],
    ["runner", ["database"], false],
    ["cycles", ["database"], false],
    ["database", ["runner"], true],
  ])("says of %s while %j stopped whether it is judged: %s", (part, found, expected) => {
    expect(
      isJudged(
        part,
        found.map((each) => ({ part: each })),
      ),
    ).toBe(expected);
  });

  it("knows functions that do not run, wherever: an Inngest server is told of them again", () => {
    expect([{}, { functions: 151 }, { functions: 150 }, { runner: 1 }].map((ages) => areFunctionsSilent(beatsOf(ages)))) //
      .toEqual([true, true, false, true]);
  });

  it("knows who executes: nobody yet, the runner beside us, or functions elsewhere", () => {
    expect(executorOf({})).toBeNull();
    expect(executorOf(beatsOf({ runner: 3, functions: 30 }))?.ageSeconds).toBe(3);
    expect(executorOf(beatsOf({ functions: 30 }))?.ageSeconds).toBe(30);
  });
});
