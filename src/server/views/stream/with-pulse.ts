import { setTimeout as delay } from "node:timers/promises";
import type { Pulse } from "~/contracts/pulse";
import { AppError } from "../../errors";
import type { PulseSource } from "../../ports/pulse-source";
import type { Numbered } from "./stream-live-events";

type Options = {
  /** Events after an id; none: from now on. */
  readonly open: (lastEventId: string | undefined) => AsyncGenerator<Numbered>;
  readonly lastEventId: string | undefined;
  readonly pulse: PulseSource;
  readonly signal: AbortSignal | undefined;
};

/** The wait before events that could not be read are read again. */
const REOPEN_MS = 1000;

type Came = IteratorResult<Numbered, unknown>;

/** Events; when they cannot be read, they are opened again after the last one that was told. */
const reopening = ({ open, lastEventId, signal }: Omit<Options, "pulse">) => {
  let last = lastEventId;
  let events = open(last);
  const next = async (): Promise<Came> => {
    for (;;) {
      try {
        const came = await events.next();
        if (came.done !== true) last = came.value.id;
        return came;
      } catch (error) {
        if (error instanceof AppError || signal?.aborted === true) throw error;
        await delay(REOPEN_MS, undefined, signal ? { signal } : {});
        events = open(last);
      }
    }
  };
  return { next, leave: () => events.return(undefined) };
};

/**
 * A user's events, and between them the pulse, which goes on while events cannot be read: they are then read again after
 * the last that was told. Ends with the events; passes on the refusals of `open`.
 */
export async function* withPulse({ pulse, ...options }: Options): AsyncGenerator<Numbered | Pulse> {
  let latest: Pulse | null = null;
  let wake = (): void => undefined;
  const silence = pulse.listen((heard) => {
    latest = heard;
    wake();
  });
  const events = reopening(options);
  /** The newest pulse that was not told yet. */
  const beat = (): Promise<Pulse> =>
    new Promise((resolve) => {
      wake = () => {
        if (!latest) return;
        resolve(latest);
        latest = null;
        wake = () => undefined;
      };
      wake();
    });
  try {
    let pending = events.next();
    for (;;) {
      const came = await Promise.race([pending, beat()]);
      if ("kind" in came) {
        yield came;
        continue;
      }
      if (came.done === true) return;
      yield came.value;
      pending = events.next();
    }
  } finally {
    silence();
    // Not waited for: a reading that hangs ends by its own deadline.
    void events.leave().catch(() => undefined);
  }
}
