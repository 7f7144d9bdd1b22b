import { expect, it } from "vitest";
import { botSettingsSchema } from "./bot-settings";
import { areSameSettings, describeChange } from "./describe-change";
import { describeSettings } from "./describe-settings";

const settings = (changes: object = {}) => botSettingsSchema.parse({ pairs: ["BTC/USDT"], ...changes });

it("the same settings differ in nothing, in whatever order they were stored", () => {
  expect(describeChange(settings(), settings())).toEqual([]);
  expect(areSameSettings({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  expect(areSameSettings({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

it("each changed setting is told once, as it was and as it is", () => {
  const changes = describeChange(settings(), settings({ pairs: ["ETH/USDT"], intervalSeconds: 900 }));
  expect(changes).toEqual([
    {
      section: "Trading",
      label: "Pairs",
      before: "Trades BTC/USDT; the first has priority",
      after: "Trades ETH/USDT; the first has priority",
    },
    {
      section: "Trading",
      label: "Interval",
      before: "Runs a cycle every 5 minutes",
      after: "Runs a cycle every 15 minutes",
    },
  ]);
});

it("an exit that is set or taken away has no words on the other side", () => {
  const [set] = describeChange(settings(), settings({ exits: { timeExitMinutes: 60 } }));
  expect(set).toMatchObject({ section: "Exits", before: null });
  const [gone] = describeChange(settings({ exits: { timeExitMinutes: 60 } }), settings());
  expect(gone).toMatchObject({ section: "Exits", after: null, before: set?.after });
});

it("another mode brings its own lines, and takes those of the one before away", () => {
  const [before, after] = [settings(), settings({ mode: "indicator", decision: { preset: "pullback" } })];
  const changes = describeChange(before, after);
  const gone = describeSettings(before).find(({ title }) => title === "Trinity")?.lines ?? [];
  expect(gone.length).toBeGreaterThan(0);
  const told = changes.filter(({ section, after: text }) => section === "Trinity" && text === null);
  expect(told.map(({ before: text }) => text)).toEqual(gone.map(({ text }) => text));
});

it("a change that no line names is told all the same", () => {
  const before = settings();
  const after = { ...before, unnamed: 1 };
  expect(describeChange(before, after)).toMatchObject([{ label: "Details" }]);
});
