import { decimal, sumOf } from "~/trading/money";
import { buyHolding, worthOf, type Holding } from "~/trading/portfolio/buy-and-hold";
import type { Ports } from "../ports";
import { loadEquityCurve, type CurvePoint } from "./equity-curve";
import { loadHoldCandles, type HoldCandles } from "./hold-candles";
import { loadBot, type OwnBot } from "./own-bot";

/** `time` in seconds of venue time; `value` is for drawing only. */
export type HoldPoint = { readonly time: number; readonly value: number };
export type BuyAndHold = { readonly fraction: number | null; readonly points: HoldPoint[] };

const NOTHING: BuyAndHold = { fraction: null, points: [] };

type Amount = { toString(): string };
type Held = { readonly marketId: number; readonly holding: Holding };

const buyAll = (
  bot: OwnBot,
  markets: readonly { readonly id: number; readonly tick: Amount; readonly lot: Amount }[],
  closeOf: (marketId: number) => ReturnType<HoldCandles["at"]>,
): Held[] => {
  const share = bot.allotment.div(markets.length);
  return markets.flatMap(({ id, tick, lot }) => {
    const entry = closeOf(id);
    if (!entry) return [];
    const rules = { tick: tick.toString(), lot: lot.toString() };
    return { marketId: id, holding: buyHolding(share, { ...entry, rules }) };
  });
};

const firstInstant = async ({ db }: Pick<Ports, "db">, botId: string): Promise<number | null> =>
  (await db.equityPoint.findFirst({ where: { botId }, orderBy: { at: "asc" }, select: { at: true } }))?.at.getTime() ??
  null;

/** The same as `loadBuyAndHold`, for a curve that was read already. */
export const holdFrom = async (
  ports: Pick<Ports, "db">,
  bot: OwnBot,
  curve: readonly CurvePoint[],
): Promise<BuyAndHold> => {
  const first = await firstInstant(ports, bot.id);
  const { pairs, marketType } = bot.settings;
  const where = { venueId: bot.venueId, marketType, pair: { in: pairs } };
  const markets = await ports.db.market.findMany({ where, select: { id: true, tick: true, lot: true } });
  if (first === null || markets.length < pairs.length) return NOTHING;
  const times = curve.map(({ at }) => at.getTime());
  const candles = await loadHoldCandles(ports.db, { marketIds: markets.map(({ id }) => id), times: [first, ...times] });
  if (!candles) return NOTHING;
  const held = buyAll(bot, markets, (marketId) => candles.at(marketId, first));
  const points = times.flatMap((time): HoldPoint[] => {
    const worths = held.flatMap(({ marketId, holding }) => {
      const close = candles.at(marketId, time);
      return close ? [worthOf(holding, close.price)] : [];
    });
    return worths.length < markets.length ? [] : [{ time: Math.floor(time / 1000), value: sumOf(worths).toNumber() }];
  });
  const [last, lastTime] = [points.at(-1), times.at(-1)];
  const isWhole = last !== undefined && lastTime !== undefined && last.time === Math.floor(lastTime / 1000);
  return { fraction: isWhole ? decimal(last.value).div(bot.allotment).minus(1).toNumber() : null, points };
};

/**
 * What the bot's capital would be worth, put in equal shares into its pairs at its first equity point and held without
 * leverage: at each time t of the equity curve the sum over pairs of rest + quantity x close(t), where entry pays half
 * spread, impact and taker fee (see `buyHolding`) and close is the last stored close by then. A time at which a candle
 * is missing has no point; without every entry candle there is none. `fraction` is the last worth / capital - 1, null
 * where the newest time has no point: never guessed.
 */
export const loadBuyAndHold = async (ports: Pick<Ports, "db">, botId: string): Promise<BuyAndHold> => {
  const bot = await loadBot(ports, { id: botId });
  return bot ? holdFrom(ports, bot, await loadEquityCurve(ports.db, botId)) : NOTHING;
};
