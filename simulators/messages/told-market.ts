import type { ToldFacts } from "./told-facts";

/** A number with the path that it was told at. */
export type Told = { readonly path: string; readonly value: number };

/** What the trader reads of one timeframe; a prompt that leaves one of them out says too little to trade by. */
const READINGS = ["close", "ema20", "ema50", "rsi14", "atr14", "range-position"] as const;
type Reading = (typeof READINGS)[number];

export type ToldFrame = { readonly timeframe: string } & Readonly<Record<Reading, Told>>;

export type ToldPosition = { readonly side: "long" | "short"; readonly gain: Told | null };

export type ToldMarket = {
  readonly pair: string;
  /** The decision timeframe, and the longer one beside it; null: not all of it is known. */
  readonly frame: ToldFrame | null;
  readonly context: ToldFrame | null;
  /** Words such as the side of the Supertrend, by what follows the pair in their path. */
  readonly words: ReadonlyMap<string, string>;
  /** Latent risks that are said to be present. */
  readonly risks: number;
  readonly position: ToldPosition | null;
};

const toldAt = (facts: ToldFacts, path: string): Told | null => {
  const value = facts.get(path);
  return typeof value === "number" ? { path, value } : null;
};

const readFrame = (facts: ToldFacts, at: string, timeframe: string): ToldFrame | null => {
  const known = READINGS.flatMap((name) => {
    const told = toldAt(facts, `${at}.${name}`);
    return told === null ? [] : [[name, told] as const];
  });
  if (known.length < READINGS.length) return null;
  return { timeframe, ...(Object.fromEntries(known) as Record<Reading, Told>) };
};

/** In the order in which they are told: the decision timeframe comes first. */
const timeframesOf = (facts: ToldFacts, pair: string): string[] =>
  [...facts.keys()].flatMap((path) => {
    const rest = path.startsWith(`${pair}.`) ? path.slice(pair.length + 1) : "";
    const [, timeframe] = /^(\d+[mhdw])\.close$/i.exec(rest) ?? [];
    return timeframe === undefined ? [] : [timeframe];
  });

const wordsOf = (facts: ToldFacts, pair: string): Map<string, string> =>
  new Map(
    [...facts].flatMap(([path, value]) =>
      path.startsWith(`${pair}.`) && typeof value === "string" ? [[path.slice(pair.length + 1), value] as const] : [],
    ),
  );

const readPosition = (facts: ToldFacts, pair: string): ToldPosition | null => {
  const side = facts.get(`${pair}.position.side`);
  return side === "long" || side === "short" ? { side, gain: toldAt(facts, `${pair}.position.gain`) } : null;
};

/** What a prompt tells of one pair. */
export const readToldMarket = (facts: ToldFacts, pair: string): ToldMarket => {
  const [decision = null, longer = null] = timeframesOf(facts, pair);
  const words = wordsOf(facts, pair);
  const frameOf = (timeframe: string | null): ToldFrame | null =>
    timeframe === null ? null : readFrame(facts, `${pair}.${timeframe}`, timeframe);
  return {
    pair,
    frame: frameOf(decision),
    context: frameOf(longer),
    words,
    risks: [...words].filter(([name, word]) => name.startsWith("risk.") && word === "present").length,
    position: readPosition(facts, pair),
  };
};
