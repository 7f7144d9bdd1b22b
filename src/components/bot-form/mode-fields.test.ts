import { describe, expect, it } from "vitest";
import { BOT_PRESETS } from "~/trading/bot-presets";
import { MODES } from "~/trading/decision/modes/registry";
import { readNewSettings } from "~/trading/preview/read-settings";
import { MODE_FIELDS } from "./mode-fields";

const read = (mode: string, decision: object = {}) => {
  const reading = readNewSettings({ mode, decision, pairs: ["BTC/USDT"] });
  if (!reading.isValid) throw new Error(JSON.stringify(reading.issues));
  return reading;
};

describe.each(Object.entries(MODE_FIELDS))("the form of %s", (mode, fields) => {
  it("has a field for every setting of its own, and none that there is not", () => {
    expect(fields.map(({ name }) => name).toSorted()).toEqual(Object.keys(read(mode).settings.decision).toSorted());
  });

  it("says of each number and choice what it means, in the words of the settings", () => {
    const { title } = MODES[mode as keyof typeof MODES];
    const lines = read(mode).sections.find((section) => section.title === title)?.lines ?? [];
    const labels = new Set(lines.map(({ label }) => label));
    const said = fields.filter(({ kind, name }) => kind !== "check" && kind !== "consent" && name !== "volumeShareMin");
    expect(said.filter(({ label, line }) => !labels.has(line ?? label))).toEqual([]);
  });

  it("offers only choices that there are", () => {
    for (const field of fields) {
      if (field.kind !== "choice") continue;
      for (const { value } of field.choices) expect(() => read(mode, { [field.name]: value })).not.toThrow();
    }
  });
});

it("every mode has its fields, but the one whose rules are written", () => {
  const modes = new Set(BOT_PRESETS.map(({ settings }) => settings.mode));
  expect([...modes].filter((mode) => !(mode in MODE_FIELDS))).toEqual(["custom"]);
});
