import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOT_PRESETS } from "~/trading/bot-presets";
import { readNewSettings } from "~/trading/preview/read-settings";
import {
  allotmentOf,
  completeSettings,
  newDraft,
  parseDraft,
  restart,
  toCreateBot,
  valueAt,
  withValue,
  type Draft,
} from "./draft";

const VENUE = {
  id: "01900000-0000-7000-8000-000000000001",
  kind: "demo" as const,
  title: "the demo market",
  isSimulated: true,
  pairs: ["BTC/USDT", "ETH/USDT"],
  intervalSeconds: 3600,
  intervalSecondsMin: 1440,
  speed: 60,
};
const CHOICES = { venues: [VENUE], accounts: [] };
const templateOf = ({ title, settings }: (typeof BOT_PRESETS)[number]) => ({ title, settings: { ...settings } });
const draftOf = (preset: (typeof BOT_PRESETS)[number]): Draft => newDraft("key", preset.name, templateOf(preset));
const [TRINITY] = BOT_PRESETS;

it.each(BOT_PRESETS)("$title can be created as it begins: every field has its default", (preset) => {
  const sent = toCreateBot(draftOf(preset), CHOICES);
  expect(sent).toMatchObject({ money: { from: "new-account", capital: "10000", allotment: "10000" } });
  expect(readNewSettings(sent?.settings)).toMatchObject({
    isValid: true,
    settings: { mode: preset.settings.mode, pairs: VENUE.pairs, intervalSeconds: 3600 },
  });
});

describe("a draft", () => {
  it("is the same after it was kept and read, whatever was typed", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, fc.jsonValue({ maxDepth: 3 }), (name, rules, value) => {
        const draft = { ...draftOf(TRINITY), name, rules, settings: { mode: "trinity", decision: value } };
        expect(parseDraft(JSON.stringify(draft))).toEqual(JSON.parse(JSON.stringify(draft)));
      }),
    );
  });

  it.each([null, "", "{", "null", "[]", "1", '{"version":2}', '{"version":1,"key":"k"}', '{"version":1,"key":1}'])(
    "that cannot be read is none: %s",
    (text) => {
      expect(parseDraft(text)).toBeNull();
    },
  );

  it("with rules that are no JSON is refused at its rules, and keeps them", () => {
    const draft = { ...draftOf(BOT_PRESETS[4]), rules: '{ "long": ' };
    const reading = readNewSettings(completeSettings(draft, VENUE));
    expect(reading.isValid ? [] : reading.issues.map(({ path }) => path)).toEqual(["decision"]);
    expect(parseDraft(JSON.stringify(draft))?.rules).toBe('{ "long": ');
  });

  it("that begins anew keeps its name, money, pairs and interval, and takes all else from the start", () => {
    const typed = {
      ...draftOf(TRINITY),
      name: "Mine",
      settings: { mode: "trinity", pairs: ["ETH/USDT"], intervalSeconds: 900, risk: { drawdownMax: 0.3 } },
    };
    const next = restart(typed, "pullback", { template: templateOf(BOT_PRESETS[3]), titleBefore: TRINITY.title });
    expect(next).toMatchObject({ name: "Mine", money: typed.money, key: typed.key, start: "pullback" });
    expect(next.settings).toEqual({
      mode: "indicator",
      decision: { preset: "pullback" },
      pairs: ["ETH/USDT"],
      intervalSeconds: 900,
    });
    const unnamed = restart(draftOf(TRINITY), "pullback", {
      template: templateOf(BOT_PRESETS[3]),
      titleBefore: TRINITY.title,
    });
    expect(unnamed.name).toBe("Pullbacks");
  });

  it("of a new account gives the bot all its money, unless a part is named", () => {
    const draft = draftOf(TRINITY);
    expect(allotmentOf({ ...draft, money: { ...draft.money, capital: " 500 " } })).toBe("500");
    expect(allotmentOf({ ...draft, money: { ...draft.money, allotment: "200" } })).toBe("200");
    expect(allotmentOf({ ...draft, money: { ...draft.money, accountId: "a" } })).toBe("");
  });

  it("without a venue cannot be sent", () => {
    expect(toCreateBot(draftOf(TRINITY), { venues: [], accounts: [] })).toBeNull();
  });
});

describe("a value at a path", () => {
  const settings = { risk: { a: 1 }, dca: { legs: [{ share: 0.1 }, { share: 0.2 }] } };
  it.each<[path: string, value: unknown]>([
    ["risk.a", 2],
    ["risk.b", "x"],
    ["exits.breakEven", { fromFraction: 0.02 }],
    ["dca.legs.1.share", 0.5],
    ["dca.legs", []],
  ])("%s is read as it was set, and nothing else changes", (path, value) => {
    const changed = withValue(settings, path, value);
    expect(valueAt(changed, path)).toEqual(value);
    expect(withValue(changed, path, valueAt(settings, path))).toEqual(
      path.startsWith("exits") ? { ...settings, exits: {} } : settings,
    );
    expect(settings.dca.legs).toHaveLength(2);
  });

  it("that is unset is none, and leads to nothing that every object has", () => {
    expect(withValue(settings, "risk.a", undefined)).toEqual({ ...settings, risk: {} });
    expect(valueAt(settings, "risk.constructor")).toBeUndefined();
    expect(valueAt(settings, "__proto__.toString")).toBeUndefined();
  });
});
