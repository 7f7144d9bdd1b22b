/** The longest delay of any bot. */
export const PHASE_DELAY_MAX_MS = 30_000;

/** FNV-1a (Fowler, Noll, Vo 1991) with MurmurHash3's finaliser, 32 bits, scaled to [0, 1): equal on every machine. */
const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};

/**
 * How long (ms of wall time) a bot's run waits after its slot on a real venue, so that bots of one interval do not all
 * ask the venue in the same second: below 30 s and below a quarter of the interval. It affects no decision and no
 * stored time.
 */
export const phaseDelayMs = (botId: string, intervalMs: number): number =>
  Math.floor(spread(botId) * Math.min(PHASE_DELAY_MAX_MS, intervalMs / 4));
