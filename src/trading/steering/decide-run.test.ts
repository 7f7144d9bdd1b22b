import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { decideLock } from "./decide-lock";
import { decideRun } from "./decide-run";

const HOUR_MS = 3_600_000;
const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT"] });

describe("a bot that is told to run now", () => {
  const asked = {
    status: "running",
    now: 10.5 * HOUR_MS,
    lastDoneSlot: 9.5 * HOUR_MS,
    settings,
    openedBy: [],
  } as const;
  it.each([
    [{}, "run"],
    [{ status: "paused" as const }, "run"],
    [{ lastDoneSlot: null }, "run"],
    [
      { lastDoneSlot: 10 * HOUR_MS },
      { note: "already decided at 1970-01-01 10:00 UTC: no decision candle has closed since" },
    ],
    [{ status: "stopped" as const }, { refused: "it is stopped: resume it first" }],
    [{ status: "archived" as const }, { refused: "it is archived" }],
  ])("of %j: %j", (changes, decided) => {
    expect(decideRun({ ...asked, ...changes })).toEqual(decided);
  });
});

it("locks a pair of the bot until a time that is to come", () => {
  const at = (time: number): string => new Date(time).toISOString();
  const bot = { now: 1000, pairs: ["BTC/USDT"], isArchived: false };
  expect(decideLock({ pair: null, until: at(1001) }, bot)).toEqual({ until: 1001 });
  expect(decideLock({ pair: "BTC/USDT", until: at(1000) }, bot)).toHaveProperty("refused");
  expect(decideLock({ pair: "ETH/USDT", until: at(1001) }, bot)).toEqual({ refused: "it does not trade ETH/USDT" });
  expect(decideLock({ pair: null, until: at(1001) }, { ...bot, isArchived: true })).toEqual({
    refused: "it is archived",
  });
});
