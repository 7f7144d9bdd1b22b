import { expect, it } from "vitest";
import { BOT_PRESETS, findPreset } from "./bot-presets";
import { MODE_NAMES } from "./decision/modes/registry";
import { readNewSettings } from "./preview/read-settings";

it.each(BOT_PRESETS)("$title is complete with pairs alone", ({ settings }) => {
  const reading = readNewSettings({ ...settings, pairs: ["BTC/USDT"] });
  expect(reading).toMatchObject({ isValid: true, settings: { mode: settings.mode, matching: { version: 2 } } });
});

it("every mode has a start, and each start a name of its own", () => {
  expect(new Set(BOT_PRESETS.map(({ settings }) => settings.mode))).toEqual(new Set(MODE_NAMES));
  expect(new Set(BOT_PRESETS.map(({ name }) => name)).size).toBe(BOT_PRESETS.length);
  expect(findPreset("pullback")?.title).toBe("Pullbacks");
  expect(findPreset("__proto__")).toBeUndefined();
});
