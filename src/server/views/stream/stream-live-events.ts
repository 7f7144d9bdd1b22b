import { setImmediate as turn } from "node:timers/promises";
import { liveEventSchema, type LiveMessage } from "~/contracts/live-event";
import { isSessionCurrent, type SignedIn } from "../../auth/find-session";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { planNews } from "./plan-news";
import { readNews } from "./read-news";
import { STREAMS_PER_USER } from "./stream-seats";

/** The table is also read without a notification: NOTIFY is a hint, and one may be lost. */
const REREAD_MS = 1000;
/** How long a revoked session may still listen, at most, plus one reading. */
const SESSION_CHECK_MS = 2000;

export type LiveReader = Pick<SignedIn, "userId" | "sessionId"> & {
  /** The last id this reader has seen; nothing: it begins now. */
  readonly lastEventId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** A message with the id to resume after. */
export type Numbered = { readonly id: string; readonly message: LiveMessage };

const toMessage = (event: { readonly kind: string; readonly payload: object }): LiveMessage => {
  const parsed = liveEventSchema.safeParse({ ...event.payload, kind: event.kind });
  // Written by another version of the product: the page then reads everything again.
  return parsed.success ? parsed.data : { kind: "resync" };
};

const displaced = (): AppError =>
  new AppError(
    "conflict",
    `At most ${STREAMS_PER_USER} of your tabs are updated live at once, and newer ones are. Close one, or choose to go live here.`,
  );

type StreamPorts = Pick<Ports, "db" | "wallNow" | "live" | "streams">;
type Wakes = ReturnType<StreamPorts["live"]["subscribe"]>;

/** Reads on whenever `wakes` says so, until the reader leaves, the session ends or `ended` aborts. */
async function* follow(
  ports: StreamPorts,
  { userId, sessionId, lastEventId, signal }: LiveReader,
  { wakes, ended }: { readonly wakes: Wakes; readonly ended: AbortSignal },
): AsyncGenerator<Numbered> {
  let cursor = lastEventId === undefined ? null : BigInt(lastEventId);
  let checkedAt = performance.now();
  const either = signal ? AbortSignal.any([signal, ended]) : ended;
  // Many that open at once displace one another before any of them asks the database.
  await turn();
  while (!either.aborted) {
    const news = planNews(cursor, await readNews(ports.db, userId, cursor));
    if (news.isResync) yield { id: String(news.cursor), message: { kind: "resync" } };
    for (const event of news.events) yield { id: String(event.number), message: toMessage(event) };
    cursor = news.cursor;
    if (!news.isMore) await wakes.next(REREAD_MS, either);
    if (performance.now() - checkedAt < SESSION_CHECK_MS) continue;
    if (!(await isSessionCurrent(ports, sessionId))) return;
    checkedAt = performance.now();
  }
}

/**
 * A user's events after a cursor, in order, each once, as long as the session lasts and the reader listens. Ends by
 * itself within seconds when the session is revoked. Throws AppError when newer streams of the user took its place.
 */
export async function* streamLiveEvents(ports: StreamPorts, reader: LiveReader): AsyncGenerator<Numbered> {
  const seat = ports.streams.take(reader.userId);
  // Before the first reading: what is written in between then wakes us.
  const wakes = ports.live.subscribe(reader.userId);
  try {
    yield* follow(ports, reader, { wakes, ended: seat.signal });
    if (seat.signal.aborted && reader.signal?.aborted !== true) throw displaced();
  } finally {
    wakes.close();
    seat.leave();
  }
}
