import { describe, expect, it } from "vitest";
import { createMarkets, SETTINGS } from "../backtest/testing/synthetic-markets";
import { botSettingsSchema } from "../bot-settings";
import { DAY_MS } from "../market/duration";
import { decimal } from "../money";
import { previewBot, type BotPreview, type Previewed } from "./preview-bot";

const markets = createMarkets(7);
const preview = (settings: Previewed["settings"], changes: Partial<Previewed> = {}): BotPreview =>
  previewBot({ settings, capital: decimal(10_000), markets, ...changes });

describe("a preview", () => {
  const { llm, ...deciding } = SETTINGS;

  it("of a bot that asks a model says that its answers are not known, and asks nobody", () => {
    expect(preview(llm)).toEqual({ isKnown: false, reason: expect.stringMatching(/not known before it is asked/) });
  });

  it.each(Object.entries(deciding))(
    "of %s counts what a bot would have decided, entered and made",
    (name, settings) => {
      const found = preview(settings);
      if (!found.isKnown) throw new Error(found.reason);
      expect(found.days).toBeGreaterThan(3);
      expect(found.decisions).toBeGreaterThan(100);
      expect(found.entries).toBeGreaterThan(name === "buy-and-hold" ? 0 : 2);
      expect(found.closed + found.open).toBeGreaterThanOrEqual(found.entries > 0 ? 1 : 0);
      expect(found.won).toBeLessThanOrEqual(found.closed);
      expect(Number(found.made) / 10_000).toBeCloseTo(found.madeFraction, 10);
      expect(found.equity.length).toBeLessThanOrEqual(121);
      expect(found.equity.at(-1)).toBeCloseTo(10_000 + Number(found.made), 6);
      expect(found.holdingFraction).not.toBeNull();
    },
  );

  it("of a bot that asks its trader says that nobody was asked here, and is else that of one that asks nobody", () => {
    const [asking, other] = [preview(SETTINGS["trinity that asks its trader"]), preview(SETTINGS.trinity)];
    const said = expect.stringMatching(
      /^this bot asks you before it enters; here every entry counts as accepted/,
    ) as string;
    expect(asking).toEqual({ ...other, differs: said });
    expect(other).toMatchObject({ differs: null });
  });

  it("tells how far it is, up to all of it", () => {
    const seen: number[] = [];
    preview(SETTINGS.indicator, { onProgress: (done) => void seen.push(done) });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBeGreaterThan(0.95);
    expect(seen.every((done, index) => done >= (seen[index - 1] ?? 0) && done < 1)).toBe(true);
  });

  it("decides no more often than there are candles", () => {
    const settings = { ...SETTINGS.indicator, intervalSeconds: 60 };
    expect(preview(settings)).toMatchObject({ isKnown: true, intervalSeconds: 300, timeframe: "5m" });
  });

  const early = (days: number) =>
    markets.map((market) => ({ ...market, candles: market.candles.slice(0, days * (DAY_MS / 300_000)) }));
  const fine = botSettingsSchema.parse({ pairs: ["A/USDT"], decision: { timeframe: "1m" } });
  const apart = markets.map((market, index) => ({
    ...market,
    candles: index === 0 ? market.candles.slice(0, 100) : market.candles.slice(200),
  }));
  it.each<[what: string, changes: Partial<Previewed>, reason: RegExp]>([
    ["no candles", { markets: [] }, /no candles/i],
    ["candles for its warm-up only", { markets: early(3) }, /still warming up at the end of 3 days/],
    ["coarser candles than it decides by", { settings: fine }, /finer candles than the ones of 5m/],
    ["candles that do not overlap", { markets: apart }, /do not overlap/],
  ])("of %s is unknown, and says why", (_, changes, reason) => {
    const found = preview(SETTINGS.trinity, changes);
    expect(found.isKnown ? "" : found.reason).toMatch(reason);
  });
});
