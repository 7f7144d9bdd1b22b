"use client";

import { useQueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useCallback, useEffect, useRef, type RefObject } from "react";
import type { LiveMessage } from "~/contracts/live-event";
import type { Pulse } from "~/contracts/pulse";
import { useTRPCClient } from "~/trpc/react";
import { affectsQuery } from "./affects-query";
import { createRefresher } from "./create-refresher";
import { openLiveStream, type LiveStream, type LiveStreamOptions, type StreamStatus } from "./open-live-stream";
import { watchStopped } from "./watch-stopped";

type ErrorData = { readonly code?: unknown } | null | undefined;

const codeOf = (error: unknown): unknown =>
  error instanceof TRPCClientError ? (error.data as ErrorData)?.code : undefined;

/** The server does not know this session: trying again would change nothing. */
const isRefusal = (error: unknown): boolean => codeOf(error) === "UNAUTHORIZED";

/** Newer streams of this user took the place of this one. */
const isDisplaced = (error: unknown): boolean => codeOf(error) === "CONFLICT";

type Client = ReturnType<typeof useTRPCClient>;

const connectTo =
  (client: Client): LiveStreamOptions["connect"] =>
  (lastEventId, { onOpen, onMessage, onPulse, onEnd, onLost, onDisplaced }) => {
    const subscription = client.live.events.subscribe(
      { lastEventId },
      {
        onStarted: onOpen,
        onData: (told) => ("kind" in told ? onPulse(told) : onMessage(told.id, told.data)),
        onError: (error) => (isDisplaced(error) ? onDisplaced() : onLost(isRefusal(error))),
        onComplete: onEnd,
        // The client would reconnect by itself at a fixed pace; we do so with jitter instead.
        onConnectionStateChange: ({ state, error }) => {
          if (state === "connecting" && error) onLost(isRefusal(error));
        },
      },
    );
    return () => subscription.unsubscribe();
  };

type Told = {
  readonly onStatus: (status: StreamStatus) => void;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onPulse: (pulse: Pulse) => void;
  /** While true, nothing is read again. */
  readonly isPaused: RefObject<boolean>;
};

/**
 * Holds this tab's stream while its page is seen, and reads again the data that its events made stale. Returns a
 * function that opens the stream again after it was displaced.
 */
export const useLiveStream = ({ onStatus, onMessage, onPulse, isPaused }: Told): (() => void) => {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const told = useRef({ onStatus, onMessage, onPulse });
  const opened = useRef<LiveStream | null>(null);
  useEffect(() => {
    told.current = { onStatus, onMessage, onPulse };
  });
  useEffect(() => {
    const refresher = createRefresher(
      (isAffected) => queryClient.invalidateQueries({ predicate: ({ queryKey }) => isAffected(queryKey) }),
      affectsQuery,
    );
    const tellsOther = watchStopped();
    const stream = openLiveStream({
      connect: connectTo(client),
      onMessage: (message) => {
        told.current.onMessage(message);
        if (!isPaused.current) refresher.note(message);
      },
      onPulse: (pulse) => {
        told.current.onPulse(pulse);
        if (tellsOther(pulse) && !isPaused.current) refresher.note(pulse);
      },
      onStatus: (status) => told.current.onStatus(status),
    });
    opened.current = stream;
    const look = (): void => (document.visibilityState === "hidden" ? stream.hide() : stream.show());
    document.addEventListener("visibilitychange", look);
    window.addEventListener("offline", stream.lose);
    window.addEventListener("online", stream.retry);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("offline", stream.lose);
      window.removeEventListener("online", stream.retry);
      stream.close();
      refresher.close();
    };
  }, [client, queryClient, isPaused]);
  return useCallback(() => opened.current?.show(), []);
};
