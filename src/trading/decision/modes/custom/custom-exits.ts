import { decimal, type Decimal } from "../../../money";
import type { PositionSide } from "../../../portfolio/position-side";
import { compare, toEvidence } from "../../basis/condition-reading";
import type { Evidence } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { unpackExit, type CustomRead, type ExitReading } from "./custom-readings";
import type { CustomSettings, Exit } from "./custom-settings";

/** An exit rule for one position. `gain` null: it asks for none. */
export type ExitVerdict = {
  readonly exit: Exit;
  readonly reading: ExitReading;
  readonly gain: Decimal | null;
  readonly holds: boolean;
};

const readingsOf = (last: CustomRead, settings: CustomSettings, side: PositionSide) =>
  settings[side].exits.flatMap((exit, index) => {
    const packed = last.exits[side][index];
    return packed ? [{ exit, reading: unpackExit(packed) }] : [];
  });

/** The share of the entry price that a position has gained by a close. */
const gainOf = ({ side, entryPrice }: HeldPosition, close: number): Decimal => {
  const gain = decimal(close).div(entryPrice).minus(1);
  return side === "long" ? gain : gain.neg();
};

/**
 * The exit rules for a position. One that asks for a turn counts it at any candle since the position was opened, so that
 * a missed cycle loses none; it must still hold now.
 */
export const readExits = (last: CustomRead, settings: CustomSettings, held: HeldPosition): ExitVerdict[] =>
  readingsOf(last, settings, held.side).map(({ exit, reading }) => {
    const hasTurned = exit.turnedFrom === null || (reading.turnedAt !== null && reading.turnedAt > held.openedAt);
    const met = reading.met === true ? hasTurned : reading.met;
    const gain = exit.gainMin === null ? null : gainOf(held, last.close);
    const isGained = gain === null || gain.gte(exit.gainMin ?? 0);
    return { exit, reading: { ...reading, met }, gain, holds: met === true && isGained };
  });

/** The rules that nothing is opened against, as they stand, without a turn or a gain. */
export const readBlocks = (last: CustomRead, settings: CustomSettings, side: PositionSide): ExitVerdict[] =>
  readingsOf(last, settings, side)
    .filter(({ exit }) => exit.blocksEntry)
    .map(({ exit, reading }) => ({ exit, reading, gain: null, holds: reading.met === true }));

export const gainCode = (code: string): string => `${code}-gain`;

/** Gains are shown in percent. */
const HUNDRED = 100;

/** Exit rules as evidence: each, and the gain that it asks for. They have no weight in the score. */
export const exitEvidence = (verdicts: readonly ExitVerdict[], side: PositionSide): Evidence[] =>
  verdicts.flatMap(({ exit, reading, gain }) => {
    const labels = { side, category: "exit", weight: 0, contribution: 0 };
    const line = toEvidence(reading, { ...labels, condition: exit.code });
    if (gain === null || exit.gainMin === null) return [line];
    const gained = compare(gain.times(HUNDRED).toNumber(), ">=", decimal(exit.gainMin).times(HUNDRED).toNumber());
    return [line, toEvidence(gained, { ...labels, condition: gainCode(exit.code) })];
  });
