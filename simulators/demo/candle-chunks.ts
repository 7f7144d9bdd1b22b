import type { Candle } from "~/trading/market/candle";

/** Candles kept in memory a market, more than bots that follow the market read: about 10 MB for the five of the demo. */
const CANDLES_MAX = 10_000;

/** Parts of series by key, made on demand; the least recently used are dropped when there are too many candles. */
export const createCandleChunks = () => {
  const chunks = new Map<string, readonly Candle[]>();
  let total = 0;
  const makeRoom = (): void => {
    for (const [key, chunk] of chunks) {
      if (total <= CANDLES_MAX || chunks.size === 1) return;
      chunks.delete(key);
      total -= chunk.length;
    }
  };
  return {
    read: (key: string, make: () => readonly Candle[]): readonly Candle[] => {
      const known = chunks.get(key);
      const chunk = known ?? make();
      chunks.delete(key);
      chunks.set(key, chunk);
      if (known === undefined) total += chunk.length;
      makeRoom();
      return chunk;
    },
    /** A part that is in memory now; reading it here does not keep it there. */
    peek: (key: string): readonly Candle[] | undefined => chunks.get(key),
    size: () => total,
  };
};
