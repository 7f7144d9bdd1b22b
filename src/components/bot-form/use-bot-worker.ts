"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { runPreview, type PreviewState } from "./run-preview";
import type { PreviewRequest, Reading, ReadRequest, WorkerAnswer } from "./worker-messages";

const READ_AFTER_MS = 120;

const openWorker = (): Worker => new Worker(new URL("./bot-worker.ts", import.meta.url), { type: "module" });

type Asked = Omit<ReadRequest, "kind" | "id">;
type Answer = Reading | "failed";

/** A worker that answers each request by its number. Once it failed, it fails all that is asked. */
const openReader = () => {
  const worker = openWorker();
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  let hasFailed = false;
  const fail = (): void => {
    hasFailed = true;
    for (const answer of waiting.values()) answer("failed");
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
    if (data.kind === "failed") fail();
    if (data.kind !== "reading") return;
    waiting.get(data.id)?.(data.reading);
    waiting.delete(data.id);
  });
  worker.addEventListener("error", fail);
  return {
    read: (request: Asked): Promise<Answer> => {
      asked += 1;
      const id = asked;
      if (hasFailed) return Promise.resolve("failed");
      worker.postMessage({ kind: "read", id, ...request } satisfies ReadRequest);
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    close: (): void => {
      fail();
      worker.terminate();
    },
  };
};

/**
 * Reads settings beside the page, a moment after the last change. `reading` null: not read yet; "failed": this browser
 * cannot. `readNow` answers for what stands in the form now.
 */
export const useReading = (request: Asked) => {
  const reader = useRef<ReturnType<typeof openReader> | null>(null);
  const [reading, setReading] = useState<Answer | null>(null);
  const newest = useRef(0);
  useEffect(() => {
    const opened = openReader();
    reader.current = opened;
    return () => opened.close();
  }, []);
  const { settings, capital, markets, speed } = request;
  const readNow = useCallback(async (): Promise<Answer> => {
    newest.current += 1;
    const order = newest.current;
    const answer = (await reader.current?.read({ settings, capital, markets, speed })) ?? "failed";
    if (order === newest.current) setReading(answer);
    return answer;
  }, [settings, capital, markets, speed]);
  useEffect(() => {
    const timer = setTimeout(() => void readNow(), READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [readNow]);
  return { reading, readNow };
};

/** Runs a preview beside the page. A run whose request changes is ended, and the next begins once nothing is typed. */
export const usePreview = (request: PreviewRequest | null): PreviewState => {
  const [state, setState] = useState<PreviewState>({ kind: "waiting" });
  useEffect(() => {
    if (request === null) return undefined;
    const end = runPreview(openWorker, request, setState);
    return () => {
      end();
      setState({ kind: "waiting" });
    };
  }, [request]);
  return state;
};
