import { createHash } from "node:crypto";
import type { RunnerDatabase } from "../base/runner-database";
import { isJsonObject, type JsonObject } from "../base/json-object";

/** The sender's mistake: the answer is 400 with this message. */
export class RefusedEvents extends Error {
  override readonly name = "RefusedEvents";
}

const ACCEPT = {
  name: "runner-accept-events",
  text: "select runner.accept_events($1, $2, $3, $4) as accepted",
} as const;

export type Arrival = {
  readonly events: readonly unknown[];
  /** The SDK's `x-inngest-event-id-seed`: "<ms>,<entropy>", the same for every attempt of one send. */
  readonly seed: string | undefined;
  /** Scheduler milliseconds. */
  readonly now: number;
};

type AcceptedEvent = { readonly id: string; readonly name: string; readonly body: string };

/** The id of an event sent without one: from the seed, so that a send the SDK repeats stays one event. */
const seededId = (seed: string, position: number): string =>
  createHash("sha256").update(`${seed}:${position}`).digest("hex").slice(0, 32);

/**
 * The SDK stamps every event without `ts` with the wall time of the send, which it also puts into the seed. Such an
 * event is due now by OUR clock: under a stepped clock in the past it would otherwise wait for years.
 */
const dueTs = (event: JsonObject, arrival: Arrival): number => {
  const ts = event["ts"];
  const sentAt = Number(arrival.seed?.split(",")[0]);
  if (ts === undefined || ts === null || ts === sentAt) return arrival.now;
  if (typeof ts !== "number" || !Number.isFinite(ts)) {
    throw new RefusedEvents(`Event "${String(event["name"])}": ts must be milliseconds since 1970, a finite number.`);
  }
  return Math.trunc(ts);
};

const isStorable = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && !value.includes("\u0000"); // `text` cannot hold NUL

/** The sender's id; without one, an id from the seed. */
const idOf = (event: JsonObject, name: string, seeded: string): string => {
  const given = event["id"] ?? "";
  if (given === "") return seeded;
  if (!isStorable(given)) throw new RefusedEvents(`Event "${name}": its id must be a text without NUL.`);
  return given;
};

const accept = (raw: unknown, position: number, arrival: Arrival & { readonly seed: string }): AcceptedEvent => {
  if (!isJsonObject(raw)) throw new RefusedEvents(`Event ${position} is no JSON object.`);
  const { name } = raw;
  if (!isStorable(name)) throw new RefusedEvents(`Event ${position}: give it a name, a text that is not empty.`);
  const id = idOf(raw, name, seededId(arrival.seed, position));
  return { id, name, body: JSON.stringify({ ...raw, id, ts: dueTs(raw, arrival) }) };
};

/**
 * Stores events and wakes every runner by NOTIFY, in one round trip. An event whose name and id are already stored is
 * not stored again.
 * Returns the ids in the order of the events. Throws RefusedEvents for an event that is malformed.
 */
export const acceptEvents = async (database: RunnerDatabase, arrival: Arrival): Promise<string[]> => {
  const seeded = { ...arrival, seed: arrival.seed ?? crypto.randomUUID() };
  const events = arrival.events.map((event, position) => accept(event, position, seeded));
  const ids = events.map((event) => event.id);
  await database.run(ACCEPT, [arrival.now, ids, events.map((event) => event.name), events.map((event) => event.body)]);
  return ids;
};
