import type { AskedSettings } from "../cycle/ask-markets";
import { decisionTimeframes } from "../decision/decide";
import { timeframeMs } from "../market/timeframe";
import type { MarketReader, SlotHolds } from "./analyse-markets";
import type { QuietTrack } from "./quiet-track";
import type { ReadableMarket } from "./readable-market";

/** What a bot's mode can tell of its markets without deciding, in their order. */
export type HoldsIn = readonly { readonly market: ReadableMarket; readonly holds: SlotHolds }[];

/** Why markets hold for certain, by their id. */
export type KnownHolds = ReadonlyMap<number, string>;

/** `holds` null: the mode cannot tell. `shortest`: the length (ms) of its shortest candles. */
export type ModeHolds = { readonly holds: HoldsIn | null; readonly shortest: number };

/** What the mode of these settings can tell, found once for as long as the settings stay. */
export const createModeHolds = (traded: readonly ReadableMarket[], { holdsIn }: Pick<MarketReader, "holdsIn">) => {
  let known: (ModeHolds & { readonly of: AskedSettings }) | null = null;
  return (settings: AskedSettings): ModeHolds => {
    if (known?.of === settings) return known;
    const holds = traded.flatMap((market) => {
      const read = holdsIn(market, settings);
      return read ? [{ market, holds: read }] : [];
    });
    const shortest = Math.min(...decisionTimeframes(settings).map(({ timeframe }) => timeframeMs(timeframe)));
    known = { of: settings, holds: holds.length === traded.length ? holds : null, shortest };
    return known;
  };
};

type Reasons = readonly (string | null)[];

/** Why each of the markets holds at a slot; null for one that is to be asked. */
export const reasonsAt = (holdsIn: HoldsIn, tracks: readonly QuietTrack[], time: number): Reasons => {
  const reasons: (string | null)[] = [];
  for (let index = 0; index < holdsIn.length; index += 1) {
    const { market, holds } = holdsIn[index] as HoldsIn[number];
    const track = tracks.length === 0 ? undefined : tracks.find((each) => each.market === market);
    reasons.push(track ? holds.held(time, track.position) : holds.free(time));
  }
  return reasons;
};

export const areCertain = (reasons: Reasons): reasons is readonly string[] => !reasons.includes(null);

/** The reasons that are certain, by the id of their market. */
export const knownHolds = (holdsIn: HoldsIn, reasons: Reasons): KnownHolds =>
  new Map(holdsIn.flatMap(({ market }, index) => (reasons[index] ? [[market.id, reasons[index]] as const] : [])));
