import { describeStoppage, type Part, type Pulse, type Stoppage } from "~/contracts/pulse";
import type { StreamStatus } from "./open-live-stream";

/** Whether a page shows current data. */
export type LiveState = {
  readonly kind: "live" | "delayed" | "stopped" | "broken" | "paused" | "idle";
  readonly word: string;
  /** Wall time since when it is in this state; null where a time says nothing. */
  readonly since: Date | null;
  /** What is wrong and what follows from it; null while all is well. */
  readonly trouble: { readonly title: string; readonly advice: string } | null;
  /** The parts that have stopped, as far as is known. */
  readonly stopped: readonly Part[];
  /** Wall time at which market clocks stopped; null: they run. */
  readonly clockStoppedAt: Date | null;
};

type Known = {
  readonly status: StreamStatus;
  /** The newest pulse of the open stream. */
  readonly pulse: Pulse | null;
  /** When the server last responded before the stream was lost; null: never. */
  readonly lostAt: Date | null;
  readonly isPaused: boolean;
};

const BROKEN = {
  title: "No connection to the server",
  advice: "The figures are from that time. The page reconnects by itself.",
};

const DISPLACED = {
  title: "Not live: you have five newer tabs open",
  advice: "The figures are from that time. One of them stops when this one goes live again.",
};

const calm = (kind: LiveState["kind"], word: string): LiveState => ({
  kind,
  word,
  since: null,
  trouble: null,
  stopped: [],
  clockStoppedAt: null,
});

/** Market time goes on without a runner, but not without the parts that keep or serve it. */
const STOPS_CLOCKS: ReadonlySet<Part> = new Set(["database", "market"]);

const describeStopped = (stopped: Stoppage, all: readonly Stoppage[]): LiveState => {
  const since = new Date(stopped.since);
  const clock = all.find(({ part }) => STOPS_CLOCKS.has(part));
  const isDelay = stopped.part === "cycles";
  return {
    kind: isDelay ? "delayed" : "stopped",
    word: isDelay ? "Delayed" : "Stopped",
    since,
    trouble: describeStoppage(stopped.part),
    stopped: all.map(({ part }) => part),
    clockStoppedAt: clock ? new Date(clock.since) : null,
  };
};

const describeOffline = (status: StreamStatus, lostAt: Date | null): LiveState => {
  if (status === "ended") return { ...calm("broken", "Signed out"), since: lostAt };
  if (status === "displaced") {
    return { ...calm("broken", "Not live"), since: lostAt, trouble: DISPLACED, clockStoppedAt: lostAt };
  }
  if (status === "hidden") return calm("idle", "Asleep");
  if (lostAt === null && status !== "waiting") return calm("idle", "Connecting");
  return { ...calm("broken", "Reconnecting"), since: lostAt, trouble: BROKEN, clockStoppedAt: lostAt };
};

type Change = { readonly from: StreamStatus; readonly to: StreamStatus; readonly lostAt: Date | null };

/**
 * When a page lost its server, after a change of its stream; null: it lost nothing, as when it is hidden, or when its
 * stream is opened other than by a retry. `heardAt`: when the page last heard the server, else when it was opened.
 */
export const lossAfter = ({ from, to, lostAt }: Change, heardAt: Date): Date | null => {
  if (to === "waiting" || to === "displaced" || to === "ended") return heardAt;
  return to === "live" || (to === "connecting" && from === "waiting") ? lostAt : null;
};

/**
 * A page says "Live" for fresh figures only: the stream is open, a pulse came over it, and no part that trading needs
 * has stopped. A page that its reader paused says so, unless something is wrong.
 */
export const describeLive = ({ status, pulse, lostAt, isPaused }: Known): LiveState => {
  if (status !== "live") return describeOffline(status, lostAt);
  const [stopped] = pulse?.stopped ?? [];
  if (stopped) return describeStopped(stopped, pulse?.stopped ?? []);
  if (isPaused) return calm("paused", "Paused");
  return pulse ? calm("live", "Live") : calm("idle", lostAt ? "Reconnecting" : "Connecting");
};
