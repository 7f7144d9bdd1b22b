import { randomUUID } from "node:crypto";
import type { CycleRef } from "./cycle-ref";

export type StageName =
  "read-market" | "read-portfolio" | "ask-model" | "make-decisions" | "apply-risk" | "execute-orders" | "record-equity";

/** A stage that is being tried: `startedAt` on this process's own clock, `attempt` counts from 1 in this process. */
export type StartedStage = {
  readonly cycle: CycleRef;
  readonly stage: StageName;
  readonly startedAt: number;
  readonly attempt: number;
};

/** Names this process. Where a cycle's next record has another name, the process before died or lost the cycle. */
export const PROCESS_NAME = randomUUID().slice(0, 8);

/** At most this many stages under way are counted. The oldest are dropped, since those of failed cycles never end. */
const UNDER_WAY_MAX = 1000;
const underWay = new Map<string, number>();

const keyOf = ({ cycle, stage }: Pick<StartedStage, "cycle" | "stage">): string => `${cycle.cycleId}:${stage}`;

/** Counts the attempt, because one that throws before its writes is not recorded anywhere else. */
export const startStage = (cycle: CycleRef, stage: StageName): StartedStage => {
  const key = keyOf({ cycle, stage });
  const attempt = (underWay.get(key) ?? 0) + 1;
  const oldest = underWay.keys().next().value;
  if (attempt === 1 && underWay.size >= UNDER_WAY_MAX && oldest !== undefined) underWay.delete(oldest);
  underWay.set(key, attempt);
  return { cycle, stage, startedAt: performance.now(), attempt };
};

export const endStage = (started: StartedStage): void => {
  underWay.delete(keyOf(started));
};
