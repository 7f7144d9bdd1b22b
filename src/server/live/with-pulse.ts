import { setTimeout as delay } from "node:timers/promises";
import type { Pulse } from "~/contracts/pulse";
import { AppError } from "../errors";
import type { PulseSource } from "../health/create-pulse";
import type { Numbered } from "./stream-live-events";

type Options = {
  /** Events after an id; none: from now on. */
  readonly open: (lastEventId: string | undefined) => AsyncGenerator<Numbered>;
  readonly lastEventId: string | undefined;
  readonly pulse: PulseSource;
  readonly signal: AbortSignal | undefined;
};

/** Before events are read again that could not be read. */
const REOPEN_MS = 1000;

/**
 * A user's events, and between them the pulse, which goes on while events cannot be read: they are then read again after
 * the last that was told. Ends with the events; passes on the refusals of `open`.
 */
export async function* withPulse({ open, lastEventId, pulse, signal }: Options): AsyncGenerator<Numbered | Pulse> {
  let last = lastEventId;
  let latest: Pulse | null = null;
  let wake = (): void => undefined;
  const silence = pulse.listen((heard) => {
    latest = heard;
    wake();
  });
  let events = open(last);
  const next = (): Promise<IteratorResult<Numbered, unknown>> =>
    events.next().catch(async (error: unknown) => {
      if (error instanceof AppError || signal?.aborted === true) throw error;
      await delay(REOPEN_MS, undefined, signal ? { signal } : {});
      events = open(last);
      return next();
    });
  try {
    let pending = next();
    for (;;) {
      const beat = new Promise<"beat">((resolve) => {
        wake = () => resolve("beat");
        if (latest) wake();
      });
      const came = await Promise.race([pending, beat]);
      if (came !== "beat") {
        if (came.done === true) return;
        last = came.value.id;
        yield came.value;
        pending = next();
        continue;
      }
      const told: Pulse | null = latest;
      latest = null;
      if (told) yield told;
    }
  } finally {
    silence();
    // Not waited for: a reading that hangs ends by its own deadline.
    void events.return(undefined).catch(() => undefined);
  }
}
