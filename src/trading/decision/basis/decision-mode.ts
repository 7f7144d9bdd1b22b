import type { z } from "zod";
import type { Timeframe } from "../../market/timeframe";
import type { SettingLine } from "../../setting-line";
import type { Analysis, MarketQuestion } from "./analysis";
import type { Decision, Evidence } from "./decision";
import type { PositionSide } from "../../portfolio/position-side";
import type { EvidenceWords } from "./evidence-words";

/** A candle series that a mode reads, and how many of its last closed candles. */
export type DecisionSeries = { readonly timeframe: Timeframe; readonly count: number };

/** The open position of the pair. `openedAt` in ms of venue time; `entryPrice` is plain decimal text. */
export type HeldPosition = { readonly side: PositionSide; readonly openedAt: number; readonly entryPrice: string };

/** What a mode is asked about one pair of a bot: what to do where the market reads so. */
export type ModeQuestion<Settings, Readings> = {
  readonly pair: string;
  /** How many pairs the bot trades with its equity. */
  readonly pairs: number;
  readonly settings: Settings;
  readonly analysis: Analysis<Readings>;
  readonly position: HeldPosition | null;
  /** Whether the bot held this pair before and something closed it; read for a control alone, false for all others. */
  readonly wasHeld: boolean;
};

/** A hold as it was stored. `evidence` null: it was dropped, and nothing can be named. */
export type StoredHold = {
  readonly reasonCode: string;
  readonly scores: { readonly long: number | null; readonly short: number | null };
  readonly evidence: readonly Evidence[] | null;
  /** Digits after the point of the market's prices. */
  readonly priceDigits: number;
};

/** The slot in question and the last one that was done, ms of venue time; null: the bot never ran. */
export type SlotSpan = { readonly slot: number; readonly lastDoneSlot: number | null };

/**
 * All that the product knows of a way to decide. Methods, so that the registry can hold modes with settings of their
 * own; a caller passes a mode only settings that the mode's own schema has read, and only readings that it gave. `Reads`
 * are the settings that the market is read by; all others are a bot's own.
 */
export type DecisionMode<Settings = unknown, Name extends string = string, Reads = unknown, Readings = unknown> = {
  /** As it is stored, and named in commands and settings. */
  readonly name: Name;
  /** As readers see it. */
  readonly title: string;
  /** What it does, in a few words after its title. */
  readonly summary: string;
  /**
   * The control buys once and holds without a stop, however much it loses: exempt from the rules about both (TRADING
   * 4).
   */
  readonly isControl: boolean;
  /** Every setting has a default. */
  readonly settings: z.ZodType<Settings>;
  /** The readings of its analyses, as they are stored. */
  readonly readings: z.ZodType<Readings>;
  /** The words of the evidence that it gives. */
  readonly words: EvidenceWords;
  /** The first is the decision candle. */
  series(settings: Reads): [DecisionSeries, ...DecisionSeries[]];
  /** The settings that its analysis depends on: bots that agree in them share it. */
  reads(settings: Settings): Reads;
  /** Whether the slot has anything to decide that the last done one had not. */
  isDue(settings: Settings, span: SlotSpan): boolean;
  analyse(question: MarketQuestion<Reads>): Analysis<Readings>;
  /** Its evidence is that of the analysis with lines of its own after it, or none at all. */
  decide(question: ModeQuestion<Settings, Readings>): Decision;
  /** Each setting as a line that a trader reads. */
  describe(settings: Settings): SettingLine[];
  /** The score from which it enters; null: it has none. */
  entryScore(settings: Settings): number | null;
  /** The nearest change of the market that would have let it enter, in words; null where there is none to name. */
  nearestEntry(settings: Settings, hold: StoredHold): string | null;
};

/** A bot's mode and the settings of this mode alone; which settings they are, only the mode itself asks. */
export type ModeSettings = { readonly mode: string; readonly decision: unknown };
