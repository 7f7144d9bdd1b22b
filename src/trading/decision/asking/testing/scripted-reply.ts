import { ANSWER_TOOL } from "../answer";

type Shown = ReadonlyMap<string, string>;

/** Where a stop and a target are from the price, as shares of it. */
const STOP = 0.015;
const TARGET = 0.04;
const CLOSED_AFTER_HOURS = 6;
const CALM = 3;

/** What a prompt's message shows, by path: the value's first word, a number or not. */
const readShown = (message: string): Shown =>
  new Map(
    message.split("\n").flatMap((line) => {
      const [path, , value, ...more] = line.split(" | ");
      return path && value && more.length === 0 ? [[path, value.split(" ")[0] ?? ""] as const] : [];
    }),
  );

const decide = (pair: string, shown: Shown) => {
  const at = (name: string): number => Number(shown.get(`${pair}.${name}`));
  const [timeframe] = [...shown.keys()]
    .flatMap((path) => /^([^.]+)\.([^.]+)\.close$/.exec(path)?.slice(1) ?? [])
    .slice(1);
  const cited = ["close", "rsi14", "ema20"].map((name) => `${timeframe}.${name}`);
  const [close = 0, rsi = 50, ema = 0] = cited.map(at);
  const grounds = {
    pair,
    confidence: 0.8,
    thesis: `RSI14 is ${rsi}.`,
    evidence: cited.map((name) => ({ path: `${pair}.${name}`, value: at(name) })),
  };
  if (shown.has(`${pair}.position.side`)) {
    return { ...grounds, action: at("position.age") >= CLOSED_AFTER_HOURS ? "close" : "hold" };
  }
  if (Math.abs(rsi - 50) < CALM) return { ...grounds, action: "hold" };
  const sign = close > ema ? 1 : -1;
  return {
    ...grounds,
    action: sign === 1 ? "open_long" : "open_short",
    stop_loss: close * (1 - sign * STOP),
    take_profit: close * (1 + sign * TARGET),
    invalidation: [
      { on: "close", operator: sign === 1 ? "<" : ">", price: close * (1 - sign * STOP * 0.8), candles: 2 },
    ],
  };
};

/** A reply's body that calls the tool with this input. */
export const replyBody = (input: unknown): string =>
  JSON.stringify({
    type: "message",
    model: "scripted",
    stop_reason: "tool_use",
    content: [{ type: "tool_use", id: "toolu_1", name: ANSWER_TOOL, input }],
  });

/** The reply's body of a model that trades by what the message shows: the same message gives the same. */
export const scriptedReply = (message: string): string => {
  const shown = readShown(message);
  const pairs = /^Decide for each of: (.*)\.$/m.exec(message)?.[1]?.split(", ") ?? [];
  return replyBody({ decisions: pairs.map((pair) => decide(pair, shown)) });
};
