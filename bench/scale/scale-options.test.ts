import { describe, expect, it } from "vitest";
import { planCloses } from "./plan-closes";
import { parseScaleOptions, ScaleUsageError } from "./scale-options";

const parse = (text: string) => parseScaleOptions(text.split(" "));

describe("the options", () => {
  it("have five of a hundred enter and ten hold where nothing else is said", () => {
    expect(parse("--bots 1000 --minutes 6")).toEqual({
      bots: 1000,
      minutes: 6,
      entering: 0.05,
      holding: 0.1,
      isJson: false,
    });
  });

  it("let all enter: nobody holds then", () => {
    expect(parse("--bots 10 --minutes 5 --entering 1 --json")).toMatchObject({ entering: 1, holding: 0, isJson: true });
  });

  it.each([
    "--minutes 6",
    "--bots 10",
    "--bots 0 --minutes 6",
    "--bots 1.5 --minutes 6",
    "--bots x --minutes 6",
    "--bots 10 --minutes 4",
    "--bots 10 --minutes 6 --entering 1.1",
    "--bots 10 --minutes 6 --entering 0.6 --holding 0.6",
  ])("are refused with what is wrong: %s", (text) => {
    expect(() => parse(text)).toThrow(ScaleUsageError);
  });
});

describe("the closes of a run", () => {
  it.each([
    [5, 1, 0],
    [6, 1, 1],
    [10, 2, 0],
    [11, 2, 1],
    [14, 2, 4],
  ])(
    "in %d minutes are %d, after a warm-up of %d: whole intervals, each with its close a minute in",
    (minutes, closes, warmUp) => {
      expect(planCloses(minutes)).toEqual({
        closes,
        warmUpMs: warmUp * 60_000,
        firstCloseMs: (warmUp + 1) * 60_000,
        endMs: minutes * 60_000,
      });
    },
  );
});
