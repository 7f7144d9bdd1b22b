import type { LiveMessage } from "~/contracts/live-event";

/**
 * `hidden`: closed while nobody looks. `displaced`: newer pages of the user follow instead. `ended`: the session is over.
 */
export type StreamStatus = "connecting" | "live" | "waiting" | "hidden" | "displaced" | "ended";

type Handlers = {
  readonly onOpen: () => void;
  readonly onMessage: (id: string, message: LiveMessage) => void;
  /** The connection is gone. `isRefused`: the server will not have this session again. */
  readonly onLost: (isRefused: boolean) => void;
  /** Newer streams of the user took the place of this one. */
  readonly onDisplaced: () => void;
};

export type LiveStreamOptions = {
  /** Opens one connection, after `lastEventId` where there is one; returns how to close it. */
  readonly connect: (lastEventId: string | undefined, handlers: Handlers) => () => void;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onStatus: (status: StreamStatus) => void;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
};

export type LiveStream = { show(): void; hide(): void; close(): void };

const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 30_000;
/** A tab that is only looked away from for a moment keeps its stream. */
const HIDE_AFTER_MS = 60_000;

/** Full jitter: pages that lost their server together do not come back together. */
export const reconnectDelayMs = (losses: number, random: () => number): number =>
  Math.round(WAIT_MIN_MS + random() * (Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** losses) - WAIT_MIN_MS));

/** Opens a connection of which nothing is heard any more once it was closed here. */
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
    onLost: (isRefused) => whenCurrent(() => handlers.onLost(isRefused)),
    onDisplaced: () => whenCurrent(handlers.onDisplaced),
  });
  return () => {
    isCurrent = false;
    close();
  };
};

/**
 * Keeps one stream open while its page is seen: resumed after the last id, opened again with a growing, jittered pause,
 * closed a minute after the page was hidden, and not opened again once the session is over. Displaced, it comes back
 * when somebody turns to the page, and never by itself: pages would take each other's place for ever.
 */
export const openLiveStream = (options: LiveStreamOptions): LiveStream => {
  const { connect, onMessage, onStatus, random = Math.random } = options;
  let lastEventId: string | undefined;
  let losses = 0;
  let disconnect: (() => void) | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let hideTimer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const drop = (): void => {
    clearTimeout(retryTimer);
    disconnect?.();
    disconnect = null;
  };
  const lose = (status: "waiting" | "displaced" | "ended"): void => {
    drop();
    isOver = status === "ended";
    onStatus(status);
    if (status !== "waiting") return;
    retryTimer = setTimeout(open, reconnectDelayMs(losses, random));
    losses += 1;
  };
  const open = (): void => {
    if (isOver) return;
    drop();
    onStatus("connecting");
    disconnect = connectGuarded(connect, lastEventId, {
      onOpen: () => {
        losses = 0;
        onStatus("live");
      },
      onMessage: (id, message) => {
        lastEventId = id;
        onMessage(message);
      },
      onLost: (isRefused) => lose(isRefused ? "ended" : "waiting"),
      onDisplaced: () => lose("displaced"),
    });
  };
  open();
  return {
    show: () => {
      clearTimeout(hideTimer);
      if (!disconnect) open();
    },
    hide: () => {
      clearTimeout(hideTimer);
      hideTimer = setTimeout(() => {
        drop();
        if (!isOver) onStatus("hidden");
      }, HIDE_AFTER_MS);
    },
    close: () => {
      clearTimeout(hideTimer);
      isOver = true;
      drop();
    },
  };
};
