import type { PastEvents } from "~/trading/cycle/entry-history";
import type { TradeLock } from "~/trading/risk/basis/trade-lock";
import type { BotBooks } from "../books/bot-books";
import type { UserRiskRef } from "../books/user-risk";
import type { Prisma } from "../db/prisma";
import type { StoredDecision } from "./load-decisions";
import { endStage, type StartedStage } from "./start-stage";

/**
 * A stage with what it ends by. `endsCycle`: after it the cycle is done and its bot free. `endedAt`: on this process's own
 * clock; default: when it is recorded. `books`: read by the stage itself, in place of those on the desk.
 */
export type StageRun = StartedStage & {
  readonly endsCycle?: boolean;
  readonly endedAt?: number;
  readonly desk?: Desk;
  readonly books?: BotBooks | undefined;
};
/** A stage that wrote nothing but has a result to be recorded. */
export type EndedStage = { readonly run: StageRun; readonly result: Prisma.JsonObject };

/** What the database says at one moment of a cycle and its bot. */
export type Reading = {
  readonly books: BotBooks;
  /** Whether orders are under way. */
  readonly hasStandingOrders: boolean;
  /** Markets that the control held before. Other modes do not need them, so they are not read. */
  readonly heldBefore: ReadonlySet<number>;
  readonly userRisk: UserRiskRef;
  /**
   * Its trader told it to enter no more, which is carried out when its cycle has ended. Of bots alone that ask a model: the
   * cycles of others do not last.
   */
  readonly isToldToCease: boolean;
  /** What its trader locked; nobody changes it while a cycle has the bot. */
  readonly locks: readonly TradeLock[];
  /** What the cycle's stages returned that have run. */
  readonly returned: Readonly<Record<string, Prisma.JsonObject>>;
};

/**
 * What the stages of one step hand on in memory. A stage that finds nothing there reads it from the database: alone, and
 * repeated after a crash.
 */
export type Desk = {
  /** Whether a next stage writes what the one before left. */
  readonly isShared: boolean;
  /** Null: nothing was read, or it was changed since. */
  reading: Reading | null;
  /** As they were stored. */
  decisions: readonly StoredDecision[] | null;
  /** What the gate asks of the bot's past, as of the books that lie here. */
  past: PastEvents | null;
  /** A stage that has ended, and whose record the next one writes together with its own. */
  left: EndedStage | null;
};

export const newDesk = (isShared = false): Desk => ({
  isShared,
  reading: null,
  decisions: null,
  past: null,
  left: null,
});

/** Of a stage that is recorded now, with what the one before left. */
export const endRecorded = (run: StageRun): void => {
  const left = run.desk?.left;
  if (left) endStage(left.run);
  if (run.desk) run.desk.left = null;
  endStage(run);
};
