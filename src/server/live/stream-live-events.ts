import { liveEventSchema, type LiveMessage } from "~/contracts/live-event";
import { isSessionCurrent, type SignedIn } from "../auth/find-session";
import type { Ports } from "../ports";
import { planNews } from "./plan-news";
import { readNews } from "./read-news";

/** Without a note the table is read again: a NOTIFY is a hint, and one may be lost. */
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
  // Written by another version of the product: what it says is read anew instead.
  return parsed.success ? parsed.data : { kind: "resync" };
};

/**
 * A user's events after a cursor, in order, each once, as long as the session lasts and the reader listens. Ends by
 * itself within seconds when the session is revoked.
 */
export async function* streamLiveEvents(
  ports: Pick<Ports, "db" | "wallNow" | "live">,
  { userId, sessionId, lastEventId, signal }: LiveReader,
): AsyncGenerator<Numbered> {
  // Before the first reading: what is written in between then wakes us.
  const wakes = ports.live.subscribe(userId);
  try {
    let cursor = lastEventId === undefined ? null : BigInt(lastEventId);
    let checkedAt = performance.now();
    for (;;) {
      if (signal?.aborted === true) return;
      const news = planNews(cursor, await readNews(ports.db, userId, cursor));
      if (news.isResync) yield { id: String(news.cursor), message: { kind: "resync" } };
      for (const event of news.events) yield { id: String(event.number), message: toMessage(event) };
      cursor = news.cursor;
      if (!news.isMore) await wakes.next(REREAD_MS, signal);
      if (performance.now() - checkedAt < SESSION_CHECK_MS) continue;
      if (!(await isSessionCurrent(ports, sessionId))) return;
      checkedAt = performance.now();
    }
  } finally {
    wakes.close();
  }
}
