import { formatAmount, formatPrice } from "~/components/format/format-amount";
import type { CandleChart } from "~/contracts/chart-view";
import { formatMark } from "./mark-look";

/** A price of a chart (a float, for drawing) with its market's digits. */
export const formatChartPrice = (price: number | null, digits: number): string =>
  formatAmount(price === null ? null : price.toFixed(digits), { digits });

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const countOf = ({ marks }: CandleChart, kind: CandleChart["marks"][number]["kind"]): number =>
  marks.filter((mark) => mark.kind === kind).length;

/** The open position's levels in words, because far ones are not on the chart. */
export const describeLevels = (
  { entryPrice, legs, stopLoss, stopName, targets, takeProfit }: NonNullable<CandleChart["position"]>,
  digits: number,
): string => {
  const level = (price: string | null): string => (price === null ? "none" : formatPrice(price, digits));
  const parts = targets.map((price) => `part target ${level(price)}, `).join("");
  const later = legs.map((price) => `entry leg ${level(price)}, `).join("");
  return `entry ${level(entryPrice)}, ${later}${stopName} ${level(stopLoss)}, ${parts}target ${level(takeProfit)}`;
};

/** One sentence with the figures of the chart. */
export const describeCandles = (view: CandleChart): string => {
  const { candles, pair, timeframe, priceDigits, position } = view;
  const last = candles.at(-1);
  if (!last) return `No closed candle of ${pair} is stored yet.`;
  const did = [
    counted(countOf(view, "entry"), "entry", "entries"),
    counted(countOf(view, "exit"), "exit", "exits"),
    counted(countOf(view, "refused"), "refusal", "refusals"),
  ].join(", ");
  const open = position ? ` Open ${position.side}: ${describeLevels(position, priceDigits)}.` : "";
  return `${pair}: ${candles.length} closed ${timeframe} candles to ${formatChartPrice(last.close, priceDigits)}; ${did}.${open}`;
};

type Value = { readonly name: string; readonly value: string };

const TOLD_MAX = 2;

const describeMark = (mark: CandleChart["marks"][number]): string =>
  mark.kind === "refused" ? `refused: ${mark.text}` : formatMark(mark);

/** The first different things of a candle, equal ones counted; null: there are none. */
const tellOnce = (texts: readonly string[]): string | null => {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  const all = [...times].map(([text, count]) => (count === 1 ? text : `${text}, ${count} times`));
  const more = all.length > TOLD_MAX ? [`and ${all.length - TOLD_MAX} more`] : [];
  return all.length === 0 ? null : [...all.slice(0, TOLD_MAX), ...more].join("; ");
};

/** What the bot did on the candle at a time; null: nothing. */
export const candleStory = ({ marks }: Pick<CandleChart, "marks">, time: number | null): string | null =>
  tellOnce(marks.filter((mark) => mark.time === time).map(describeMark));

/** The values of the candle at a time. */
export const candleValues = ({ candles, priceDigits }: CandleChart, time: number | null): Value[] => {
  const candle = candles.find((each) => each.time === time);
  const price = (value: number | undefined): string => formatChartPrice(value ?? null, priceDigits);
  return [
    { name: "O", value: price(candle?.open) },
    { name: "H", value: price(candle?.high) },
    { name: "L", value: price(candle?.low) },
    { name: "C", value: price(candle?.close) },
    { name: "Volume", value: formatChartPrice(candle?.volume ?? null, 2) },
  ];
};
