import { nextCronSlot, type CronEntry } from "../base/cron-schedule";
import { parseEquality, parsePath, type Equality } from "./equality";
import type { FunctionConfig } from "./function-config";
import { textOf, type JsonObject } from "../base/json-object";
import { UnsupportedFunction } from "./refuse-unsupported";

type EventTrigger = { readonly event: string; readonly condition: Equality | undefined };

/** `event` cancels a run when its value at `asyncKeys` equals the value at `eventKeys` in the run's own event. */
type CancelRule = {
  readonly event: string;
  readonly eventKeys: readonly string[];
  readonly asyncKeys: readonly string[];
};

export type RegisteredFunction = {
  readonly id: string;
  readonly maxAttempts: number;
  readonly triggers: readonly EventTrigger[];
  readonly crons: readonly CronEntry[];
  /** Keys into the event; empty = one run of the whole function; undefined = no singleton. */
  readonly singletonKeys: readonly string[] | undefined;
  readonly cancelRules: readonly CancelRule[];
};

const readCron = (fn: string, trigger: JsonObject, cron: string): CronEntry => {
  if (trigger["jitter"] !== undefined) throw new UnsupportedFunction(fn, "triggers.jitter", "not supported.");
  try {
    nextCronSlot(cron, 0);
  } catch (error) {
    throw new UnsupportedFunction(fn, "triggers.cron", error instanceof Error ? error.message : String(error));
  }
  return { fn, cron };
};

const readEventTrigger = (fn: string, trigger: JsonObject): EventTrigger => {
  const event = textOf(trigger, "event");
  if (event === undefined) throw new UnsupportedFunction(fn, "triggers", "a trigger needs `event` or `cron`.");
  if (event.includes("*")) throw new UnsupportedFunction(fn, "triggers.event", "wildcards are not supported.");
  const text = textOf(trigger, "expression");
  if (text === undefined) return { event, condition: undefined };
  const condition = parseEquality(text);
  if (!condition) {
    throw new UnsupportedFunction(fn, "triggers.if", `only one equality is supported, was "${text}".`);
  }
  return { event, condition };
};

const readSingleton = (fn: string, singleton: JsonObject | undefined): readonly string[] | undefined => {
  if (!singleton) return undefined;
  if (singleton["mode"] !== "skip") throw new UnsupportedFunction(fn, "singleton.mode", 'only "skip" is supported.');
  const key = textOf(singleton, "key");
  if (key === undefined) return [];
  const path = parsePath(key);
  if (path?.root !== "event") {
    throw new UnsupportedFunction(fn, "singleton.key", `only one path such as event.data.botId, was "${key}".`);
  }
  return path.keys;
};

const readCancelRule = (fn: string, cancel: JsonObject): CancelRule => {
  if (cancel["timeout"] !== undefined) throw new UnsupportedFunction(fn, "cancelOn.timeout", "not supported.");
  const event = textOf(cancel, "event");
  const text = textOf(cancel, "if") ?? "";
  const equality = parseEquality(text);
  const sides = equality ? [equality.left, equality.right] : [];
  const own = sides.find((side) => side.kind === "path" && side.root === "event");
  const later = sides.find((side) => side.kind === "path" && side.root === "async");
  if (event === undefined || own?.kind !== "path" || later?.kind !== "path") {
    const advice = `needs one equality such as "event.data.id == async.data.id" or match: "data.id", was "${text}".`;
    throw new UnsupportedFunction(fn, "cancelOn", advice);
  }
  return { event, eventKeys: own.keys, asyncKeys: later.keys };
};

/** Reads a function's options. Throws UnsupportedFunction, naming function and option, for anything unsupported. */
export const registerFunction = (config: FunctionConfig): RegisteredFunction => {
  const crons: CronEntry[] = [];
  const triggers: EventTrigger[] = [];
  for (const trigger of config.triggers) {
    const cron = textOf(trigger, "cron");
    if (cron === undefined) triggers.push(readEventTrigger(config.id, trigger));
    else crons.push(readCron(config.id, trigger, cron));
  }
  if (crons.length + triggers.length === 0) {
    throw new UnsupportedFunction(
      config.id,
      "triggers",
      "it has none, so nothing can start it; invoke is not supported.",
    );
  }
  return {
    id: config.id,
    maxAttempts: config.maxAttempts,
    triggers,
    crons,
    singletonKeys: readSingleton(config.id, config.singleton),
    cancelRules: config.cancels.map((cancel) => readCancelRule(config.id, cancel)),
  };
};
