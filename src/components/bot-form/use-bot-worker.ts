"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { BotPreview } from "~/trading/preview/preview-bot";
import type { PreviewRequest, Reading, ReadRequest, WorkerAnswer } from "./worker-messages";

const READ_AFTER_MS = 120;
const PREVIEW_AFTER_MS = 500;
/** A preview that takes longer is ended: it would keep the trader's machine busy, and say nothing. */
const PREVIEW_ENDS_MS = 60_000;

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
  const { settings, capital, markets } = request;
  const readNow = useCallback(async (): Promise<Answer> => {
    newest.current += 1;
    const order = newest.current;
    const answer = (await reader.current?.read({ settings, capital, markets })) ?? "failed";
    if (order === newest.current) setReading(answer);
    return answer;
  }, [settings, capital, markets]);
  useEffect(() => {
    const timer = setTimeout(() => void readNow(), READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [readNow]);
  return { reading, readNow };
};

export type PreviewState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly done: number }
  | { readonly kind: "done"; readonly preview: BotPreview }
  | { readonly kind: "too-slow" }
  | { readonly kind: "failed" };

const stateOf = (answer: WorkerAnswer): PreviewState | null => {
  if (answer.kind === "progress") return { kind: "running", done: answer.done };
  if (answer.kind === "preview") return { kind: "done", preview: answer.preview };
  return answer.kind === "failed" ? { kind: "failed" } : null;
};

/** Runs a preview beside the page. A run whose request changes is ended, and the next begins once nothing is typed. */
export const usePreview = (request: PreviewRequest | null): PreviewState => {
  const [state, setState] = useState<PreviewState>({ kind: "waiting" });
  useEffect(() => {
    if (request === null) return undefined;
    let opened: Worker | null = null;
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const timer = setTimeout(() => {
      setState({ kind: "running", done: 0 });
      deadline = setTimeout(() => {
        opened?.terminate();
        setState({ kind: "too-slow" });
      }, PREVIEW_ENDS_MS);
      opened = openWorker();
      opened.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
        const next = stateOf(data);
        if (next) setState(next);
        if (next && next.kind !== "running") {
          clearTimeout(deadline);
          opened?.terminate();
        }
      });
      opened.addEventListener("error", () => {
        clearTimeout(deadline);
        setState({ kind: "failed" });
      });
      opened.postMessage(request);
    }, PREVIEW_AFTER_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(deadline);
      opened?.terminate();
      setState({ kind: "waiting" });
    };
  }, [request]);
  return state;
};
