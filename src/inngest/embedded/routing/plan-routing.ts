import { createHash } from "node:crypto";
import { holdsFor, readPath } from "../registry/equality";
import type { RegisteredFunction } from "../registry/function-registry";
import type { JsonObject } from "../base/json-object";
import { lookupKey } from "../base/lookup-key";

export type ArrivedEvent = { readonly id: string; readonly name: string; readonly body: JsonObject };

type CancelKey = { readonly event_name: string; readonly key: string };

/** Member names are columns: the plan goes to PostgreSQL as it is. */
export type RunStart = {
  readonly run_id: string;
  readonly fn: string;
  readonly event_id: string;
  readonly event_name: string;
  readonly singleton_key: string | null;
  readonly due_ms: number;
  readonly cancel_keys: readonly CancelKey[];
};

type RunCancel = CancelKey & { readonly fn: string; readonly event_id: string };

/** Starts come before cancels; a later start opens the next segment, so the order of the events is kept. */
export type RoutingSegment = { readonly starts: RunStart[]; readonly cancels: RunCancel[] };

/** What is to become of events that have arrived, as planned at `now` (clock ms). */
export type PlannedRouting = {
  readonly now: number;
  /** Their places in the order of acceptance. */
  readonly positions: readonly string[];
  readonly segments: readonly RoutingSegment[];
};

/** The position tells apart two rules of one function for the same event. */
const ruleKey = (position: number, value: unknown): string | undefined => {
  const key = lookupKey(value);
  return key === undefined ? undefined : `${position}:${key}`;
};

/** The same function and event give the same run id in every process. */
const runIdOf = (fn: string, eventId: string): string =>
  createHash("sha256").update(`${fn}\n${eventId}`).digest("hex").slice(0, 32);

const singletonKeyOf = (fn: RegisteredFunction, event: ArrivedEvent): string | null => {
  if (!fn.singletonKeys) return null;
  if (fn.singletonKeys.length === 0) return "";
  return lookupKey(readPath(fn.singletonKeys, event.body)) ?? "null";
};

const cancelKeysOf = (fn: RegisteredFunction, event: ArrivedEvent): CancelKey[] =>
  fn.cancelRules.flatMap((rule, position) => {
    const key = ruleKey(position, readPath(rule.eventKeys, event.body));
    return key === undefined ? [] : [{ event_name: rule.event, key }];
  });

/** The run that `event` starts for `fn`. A `ts` in the future delays it, but it takes the singleton lock at once. */
export const planStart = (fn: RegisteredFunction, event: ArrivedEvent, now: number): RunStart => {
  const ts = event.body["ts"];
  return {
    run_id: runIdOf(fn.id, event.id),
    fn: fn.id,
    event_id: event.id,
    event_name: event.name,
    singleton_key: singletonKeyOf(fn, event),
    due_ms: Math.max(now, typeof ts === "number" ? ts : now),
    cancel_keys: cancelKeysOf(fn, event),
  };
};

const isTriggered = (fn: RegisteredFunction, event: ArrivedEvent): boolean =>
  fn.triggers.some(
    (trigger) => trigger.event === event.name && (!trigger.condition || holdsFor(trigger.condition, event.body)),
  );

const planCancels = (fn: RegisteredFunction, event: ArrivedEvent): RunCancel[] =>
  fn.cancelRules.flatMap((rule, position) => {
    if (rule.event !== event.name) return [];
    const key = ruleKey(position, readPath(rule.asyncKeys, event.body));
    return key === undefined ? [] : [{ fn: fn.id, event_name: rule.event, key, event_id: event.id }];
  });

/** Which runs these events start and which they cancel, in the order of the events. Pure. */
export const planRouting = (
  functions: readonly RegisteredFunction[],
  events: readonly ArrivedEvent[],
  now: number,
): RoutingSegment[] => {
  const segments: RoutingSegment[] = [{ starts: [], cancels: [] }];
  for (const event of events) {
    const starts = functions.filter((fn) => isTriggered(fn, event)).map((fn) => planStart(fn, event, now));
    let segment = segments.at(-1);
    if (!segment || (starts.length > 0 && segment.cancels.length > 0)) {
      segment = { starts: [], cancels: [] };
      segments.push(segment);
    }
    segment.starts.push(...starts);
    segment.cancels.push(...functions.flatMap((fn) => planCancels(fn, event)));
  }
  return segments;
};
