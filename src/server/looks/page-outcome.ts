import type { BotLook } from "~/trading/cycle/look-at-bot";
import type { GatheredMarkets } from "./gather-markets";
import type { DueBot, LookedBot } from "./read-page";

type Quiet = Extract<BotLook, { outcome: "quiet" }>;
/** A bot whose slot is covered by the look itself. */
export type Covered = { readonly bot: LookedBot; readonly cycleId: string; readonly look: Quiet };
/** A bot whose slot is left to a run. */
export type Planned = { readonly bot: DueBot; readonly cycleId: string };
export type Accounted = { readonly bot: DueBot };

/** What becomes of each bot of a page. */
export type Outcomes = Pick<PageOutcome, "covered" | "planned" | "stale" | "accounted">;

export type PageOutcome = {
  readonly slot: number;
  readonly durationMs: number;
  readonly pairsOf: (bot: LookedBot) => { readonly pairs: number; readonly withoutPrice: readonly string[] };
  readonly analysisOf: GatheredMarkets["analysisOf"];
  readonly covered: readonly Covered[];
  readonly planned: readonly Planned[];
  /** Bots whose slot needed a run and is too late for one. */
  readonly stale: readonly Planned[];
  /** Bots of which the slot has a row already, of a run that a command started. */
  readonly accounted: readonly Accounted[];
  readonly newId: () => string;
};

export const iso = (time: number): string => new Date(time).toISOString();

export const lookedAt = ({ covered, planned, stale, accounted }: Outcomes): DueBot[] =>
  [...covered, ...planned, ...stale, ...accounted].map(({ bot }) => bot);
