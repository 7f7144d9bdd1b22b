"use client";

import { useEffect, useRef, useState } from "react";
import type { BotPreview } from "~/trading/preview/preview-bot";
import type { PreviewRequest, Reading, ReadRequest, WorkerAnswer } from "./worker-messages";

const READ_AFTER_MS = 120;
const PREVIEW_AFTER_MS = 500;

const openWorker = (): Worker => new Worker(new URL("./bot-worker.ts", import.meta.url), { type: "module" });

/** Reads settings beside the page, a moment after the last change. Null: not read yet. */
export const useReading = (request: Omit<ReadRequest, "kind" | "id">): Reading | null | "failed" => {
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  const [reading, setReading] = useState<Reading | null | "failed">(null);
  useEffect(() => {
    const opened = openWorker();
    worker.current = opened;
    opened.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.kind === "reading" && data.id === asked.current) setReading(data.reading);
      if (data.kind === "failed") setReading("failed");
    });
    opened.addEventListener("error", () => setReading("failed"));
    return () => opened.terminate();
  }, []);
  const { settings, capital, markets } = request;
  useEffect(() => {
    const timer = setTimeout(() => {
      asked.current += 1;
      worker.current?.postMessage({
        kind: "read",
        id: asked.current,
        settings,
        capital,
        markets,
      } satisfies ReadRequest);
    }, READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [settings, capital, markets]);
  return reading;
};

export type PreviewState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly done: number }
  | { readonly kind: "done"; readonly preview: BotPreview }
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
    const timer = setTimeout(() => {
      setState({ kind: "running", done: 0 });
      opened = openWorker();
      opened.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
        const next = stateOf(data);
        if (next) setState(next);
        if (next && next.kind !== "running") opened?.terminate();
      });
      opened.addEventListener("error", () => setState({ kind: "failed" }));
      opened.postMessage(request);
    }, PREVIEW_AFTER_MS);
    return () => {
      clearTimeout(timer);
      opened?.terminate();
      setState({ kind: "waiting" });
    };
  }, [request]);
  return state;
};
