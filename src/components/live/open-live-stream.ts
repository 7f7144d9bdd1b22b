import type { LiveMessage } from "~/contracts/live-event";
import type { Pulse } from "~/contracts/pulse";

/**
 * `hidden`: closed while nobody looks. `displaced`: newer pages of the user follow instead. `ended`: the session is over.
 */
export type StreamStatus = "connecting" | "live" | "waiting" | "hidden" | "displaced" | "ended";

type Handlers = {
  readonly onOpen: () => void;
  readonly onMessage: (id: string, message: LiveMessage) => void;
  readonly onPulse: (pulse: Pulse) => void;
  /** The server closed in order, before a host would: the page just reconnects. */
  readonly onEnd: () => void;
  /** The connection is gone. `isRefused`: the server does not accept this session. */
  readonly onLost: (isRefused: boolean) => void;
  /** Newer streams of the user took the place of this one. */
  readonly onDisplaced: () => void;
};

export type LiveStreamOptions = {
  /** Opens one connection, after `lastEventId` where there is one; returns how to close it. */
  readonly connect: (lastEventId: string | undefined, handlers: Handlers) => () => void;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onPulse: (pulse: Pulse) => void;
  readonly onStatus: (status: StreamStatus) => void;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
};

export type LiveStream = {
  show(): void;
  hide(): void;
  /** The network is gone: the browser knows this before the stream has been silent for long. */
  lose(): void;
  /** The network is back: a stream that waits for its next try tries at once. */
  retry(): void;
  close(): void;
};

const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 30_000;
/** A server that is up answers within this, even while its database does not. */
const CONNECT_MS_MAX = 15_000;
/** How long the reconnect after an orderly end may take before the page says that its stream is lost. */
const QUIET_MS_MAX = 4000;
/** A tab that is hidden only for a moment keeps its stream. */
const HIDE_AFTER_MS = 60_000;

/** Full jitter: pages that lost their server together do not reconnect together. */
export const reconnectDelayMs = (losses: number, random: () => number): number =>
  Math.round(WAIT_MIN_MS + random() * (Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** losses) - WAIT_MIN_MS));

/** Opens a connection whose handlers are not called after it was closed here. */
const connectGuarded = (
  connect: LiveStreamOptions["connect"],
  lastEventId: string | undefined,
  handlers: Handlers,
): (() => void) => {
  let isCurrent = true;
  const whenCurrent = (work: () => void): void => (isCurrent ? work() : undefined);
  const close = connect(lastEventId, {
    onOpen: () => whenCurrent(handlers.onOpen),
    onMessage: (id, message) => whenCurrent(() => handlers.onMessage(id, message)),
    onPulse: (pulse) => whenCurrent(() => handlers.onPulse(pulse)),
    onEnd: () => whenCurrent(handlers.onEnd),
    onLost: (isRefused) => whenCurrent(() => handlers.onLost(isRefused)),
    onDisplaced: () => whenCurrent(handlers.onDisplaced),
  });
  return () => {
    isCurrent = false;
    close();
  };
};

/** One connection at a time, opened again when it is lost, until its session is over or it is ended here. */
const holdConnection = ({ connect, onMessage, onPulse, onStatus, random = Math.random }: LiveStreamOptions) => {
  let lastEventId: string | undefined;
  let losses = 0;
  let disconnect: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let isWaiting = false;

  const drop = (): void => {
    isWaiting = false;
    clearTimeout(timer);
    disconnect?.();
    disconnect = null;
  };
  const lose = (status: "waiting" | "displaced" | "ended"): void => {
    drop();
    isOver ||= status === "ended";
    onStatus(isOver ? "ended" : status);
    if (isOver || status !== "waiting") return;
    isWaiting = true;
    timer = setTimeout(open, reconnectDelayMs(losses, random));
    losses += 1;
  };
  const begin = (patienceMs: number): void => {
    drop();
    timer = setTimeout(() => lose("waiting"), patienceMs);
    disconnect = connectGuarded(connect, lastEventId, {
      onOpen: () => {
        clearTimeout(timer);
        losses = 0;
        onStatus("live");
      },
      onMessage: (id, message) => {
        lastEventId = id;
        onMessage(message);
      },
      onPulse,
      onEnd: () => {
        drop();
        timer = setTimeout(() => begin(QUIET_MS_MAX), WAIT_MIN_MS);
      },
      onLost: (isRefused) => lose(isRefused ? "ended" : "waiting"),
      onDisplaced: () => lose("displaced"),
    });
  };
  const open = (): void => {
    if (isOver) return;
    onStatus("connecting");
    begin(CONNECT_MS_MAX);
  };
  const end = (): void => {
    isOver = true;
    drop();
  };
  const retry = (): void => (isWaiting ? open() : undefined);
  return { open, drop, lose, end, retry, isOpen: () => disconnect !== null, isOver: () => isOver };
};

/**
 * Keeps one stream open while its page is seen: resumed after the last id, opened again with a growing, jittered pause,
 * closed a minute after the page was hidden, and not opened again once the session is over. A displaced stream comes
 * back when its reader turns to the page, never by itself: otherwise pages would displace each other forever.
 */
export const openLiveStream = (options: LiveStreamOptions): LiveStream => {
  const connection = holdConnection(options);
  let hideTimer: ReturnType<typeof setTimeout> | undefined;
  connection.open();
  return {
    show: () => {
      clearTimeout(hideTimer);
      if (!connection.isOpen()) connection.open();
    },
    hide: () => {
      clearTimeout(hideTimer);
      hideTimer = setTimeout(() => {
        connection.drop();
        if (!connection.isOver()) options.onStatus("hidden");
      }, HIDE_AFTER_MS);
    },
    lose: () => {
      if (connection.isOpen()) connection.lose("waiting");
    },
    retry: connection.retry,
    close: () => {
      clearTimeout(hideTimer);
      connection.end();
    },
  };
};
