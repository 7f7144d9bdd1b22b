import type { z } from "zod";
import type { Timeframe } from "../../market/timeframe";
import type { SettingLine } from "../../setting-line";
import type { Analysis, AnalysedSeries, MarketQuestion, SeriesQuestion } from "./analysis";
import type { Decision, Evidence } from "./decision";
import type { EntryPlan } from "./entry-plan";
import type { ExitSettings } from "../../portfolio/exit-terms";
import type { PositionSide } from "../../portfolio/position-side";
import type { TrailReading } from "../../portfolio/trail-reading";
import type { EvidenceWords } from "./evidence-words";

/** A candle series that a mode reads, and how many of its last closed candles. */
export type DecisionSeries = { readonly timeframe: Timeframe; readonly count: number };

/**
 * The open position of the pair. `openedAt` in ms of venue time; `entryPrice` is plain decimal text; `partsTaken`: the
 * reason codes for which the mode already closed a part of it.
 */
export type HeldPosition = {
  readonly side: PositionSide;
  readonly openedAt: number;
  readonly entryPrice: string;
  readonly partsTaken: readonly string[];
};

/** What a mode is asked about one pair of a bot: what to do where the market reads so. */
export type ModeQuestion<Settings, Readings> = {
  readonly pair: string;
  /** How many pairs the bot trades with its equity. */
  readonly pairs: number;
  readonly settings: Settings;
  readonly analysis: Analysis<Readings>;
  readonly position: HeldPosition | null;
  /** Whether the bot already closed a position in this market. Only read for the control, false for other modes. */
  readonly wasHeld: boolean;
  /** What a model answered, as the mode itself reads it; absent: nobody asked one. Only read by a mode that asks. */
  readonly told?: unknown;
};

/** A stored hold. `evidence` null: it was dropped, so no nearest change can be named. */
export type StoredHold = {
  readonly reasonCode: string;
  readonly scores: { readonly long: number | null; readonly short: number | null };
  readonly evidence: readonly Evidence[] | null;
  /** Digits after the point of the market's prices. */
  readonly priceDigits: number;
};

/** A slot and the last one that was done before it, ms of venue time; null: no slot was done. */
export type SlotSpan = { readonly slot: number; readonly lastDoneSlot: number | null };

/** `path`: the names that lead to what is at fault in the mode's settings; empty: the whole. */
export type SettingFault = { readonly path: readonly string[]; readonly message: string };

/**
 * All that the product knows of a way to decide. Methods, so that the registry can hold modes with settings of their
 * own; a caller passes a mode only settings that the mode's own schema has read, and only readings that it gave. `Reads`
 * are the settings that the market is read by; all others are a bot's own.
 */
export type DecisionMode<Settings = unknown, Name extends string = string, Reads = unknown, Readings = unknown> = {
  /** As it is stored, and named in commands and settings. */
  readonly name: Name;
  /** The name that readers see. */
  readonly title: string;
  /** What it does, in a few words after its title. */
  readonly summary: string;
  /**
   * The control buys once and holds without a stop, however much it loses. The rules about stops and losses do not
   * bind it (TRADING 4).
   */
  readonly isControl: boolean;
  /** Whether it decides by what a model answers, so that each decision needs a question that may cost money. */
  readonly asksModel: boolean;
  /** Every setting has a default. */
  readonly settings: z.ZodType<Settings>;
  /**
   * What keeps settings that can be read from being written anew, where a bound was drawn after bots beyond it were
   * stored: those live on, so that what they hold stays protected. Absent: nothing does.
   */
  newFaults?(settings: Settings): readonly SettingFault[];
  /** The readings of its analyses, as they are stored. */
  readonly readings: z.ZodType<Readings>;
  /** The first is the decision candle. */
  series(settings: Reads): [DecisionSeries, ...DecisionSeries[]];
  /** The settings that its analysis depends on: bots that agree in them share it. */
  reads(settings: Settings): Reads;
  /** Whether the slot has anything to decide that the last done one had not: never without a close of its series since. */
  isDue(settings: Settings, span: SlotSpan): boolean;
  analyse(question: MarketQuestion<Reads>): Analysis<Readings>;
  /**
   * Where the mode reads many times of one market faster than one by one: answers `analyse` at the time of an index,
   * equal in every bit, of the candles that a decision at that time would fetch (lastCandles). Its evidence is written
   * when it is read, so that a copy by `...` lacks it; what is decided by it has none. Asked by analyseSeries of decide.ts.
   */
  analyseSeries?(question: SeriesQuestion<Reads>): AnalysedSeries<Settings, Readings>;
  /** Its evidence is that of the analysis with lines of its own after it, or none at all. */
  decide(question: ModeQuestion<Settings, Readings>): Decision;
  /** What a stop may trail by at the candle of an analysis; null: the mode reads no indicator, or none is warm. */
  trailBy(analysis: Analysis<Readings>): TrailReading | null;
  /** The words of the evidence that it gives by these settings. */
  words(settings: Settings): EvidenceWords;
  /** Each setting as a line that a trader reads. */
  describe(settings: Settings): SettingLine[];
  /** Every kind of entry that these settings may lead to, for a bot of so many pairs; empty: it never enters. */
  plans(settings: Settings, pairs: number): readonly EntryPlan[];
  /** The lowest score at which it enters; null: it has no score. */
  entryScore(settings: Settings): number | null;
  /** The nearest change of the market that would have let it enter, in words; null where there is none to name. */
  nearestEntry(settings: Settings, hold: StoredHold): string | null;
};

/** A bot's mode and that mode's settings. Only the mode itself knows their type. */
export type ModeSettings = { readonly mode: string; readonly decision: unknown };

/** Beside them the exits that the bot wants for every position; absent: those of its mode. */
export type DecisionSettings = ModeSettings & { readonly exits?: ExitSettings };
