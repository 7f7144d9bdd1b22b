import { expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { openModelBed, withModels, type ModelBed } from "../../../../scripts/testing/open-model-bed";
import { botSettingsSchema } from "~/trading/bot-settings";
import { PLAIN_DELIMITER } from "~/trading/decision/asking/write-prompt";
import { decimal } from "~/trading/money";
import { previewPrompt } from "~/trading/preview/preview-prompt";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot } from "../../testing/cycle-fixture";
import { ASKING, askInCycle } from "../../testing/model-fixture";
import { listMarkets } from "../markets/list-markets";
import { listPreviewCandles } from "../markets/list-preview-candles";
import { getCycleModel } from "./get-cycle-model";

const PAIRS = ["BTC/USDT", "ETH/USDT"];
const STRATEGY = "Buy what falls,\nand sell what rises.";
const SETTINGS = { ...ASKING, decision: { ...ASKING.decision, strategy: STRATEGY } };

let runtime: Runtime;
let bed: ModelBed;
openBed((opened) => ({ runtime } = opened));
openModelBed((opened) => (bed = opened));

/** What the form knows of the markets, as its page reads it. */
const marketsOf = async ({ ports, venueId }: BooksFixture) => {
  const rows = await listMarkets(ports, {
    venueId,
    marketType: "swap",
    pairs: PAIRS,
    search: "",
    sort: "pair",
    limit: 9,
  });
  return Promise.all(
    rows.map(async (row) => {
      const series = (["1h", "4h"] as const).map(async (timeframe) => {
        const { times, ...read } = await listPreviewCandles(ports, { marketId: row.id, timeframe, limit: 3000 });
        const candles = times.map((time, index) => ({
          openTime: time * 1000,
          open: read.open[index] ?? 0,
          high: read.high[index] ?? 0,
          low: read.low[index] ?? 0,
          close: read.close[index] ?? 0,
          volume: read.volume[index] ?? null,
        }));
        return { timeframe: read.timeframe ?? timeframe, candles };
      });
      const { pair, fundingRate, rules } = row;
      return { pair, fundingRate, takerFeeRate: rules.takerFeeRate, series: await Promise.all(series) };
    }),
  );
};

it("the prompt that the form shows is, to the last letter, the one that the next cycle sends", async () => {
  const fixture = await createBooksFixture(runtime, { pairs: PAIRS, settings: SETTINGS });
  const ports = withModels(fixture.ports, bed.settings);
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  await askInCycle(ports, cycle);
  const { calls } = await getCycleModel(ports, { userId: fixture.userId, cycleId: cycle.cycleId });
  const sent = new Map(calls[0]?.prompt.map(({ name, text }) => [name, text]));
  expect(calls[0]).toMatchObject({ state: "replied", isSimulated: true, fault: null });
  expect(calls[0]?.pairs.map(({ pair }) => pair)).toEqual(PAIRS);

  const { allotment } = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
  const settings = botSettingsSchema.parse({ pairs: PAIRS, intervalSeconds: 3600, ...SETTINGS });
  const markets = await marketsOf(fixture);
  const shown = previewPrompt({ settings, capital: decimal(allotment.toString()), markets, now: FIRST_SLOT });
  if (!shown.isKnown) throw new Error(shown.reason);
  expect(shown.at).toBe(FIRST_SLOT);
  expect([shown.prompt.system[0], shown.prompt.system[1]]).toEqual([sent.get("frame"), sent.get("strategy")]);
  expect(shown.prompt.message).toBe(sent.get("message")?.replaceAll(/data-[^>]+>/g, `data-${PLAIN_DELIMITER}>`));
  // The database keeps the fields of an object in an order of its own.
  expect(JSON.parse(sent.get("form of the answer") ?? "")).toEqual(shown.prompt.tool);
});
