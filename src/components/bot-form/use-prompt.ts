"use client";

import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { PreviewCandles } from "~/contracts/market-row";
import { useTRPC } from "~/trpc/react";
import { completeSettings, placeOf } from "./draft";
import { useBotForm } from "./form-context";
import { listedCandles } from "./listed-candles";
import { useKnownMarkets } from "./use-known-markets";
import type { PromptRequest, ShownPrompt, WorkerAnswer } from "./worker-messages";

/** All candles of a preview together: more would take seconds to send. */
const CANDLES_MAX = 15_000;
const CANDLES_OF_ONE_MAX = 3000;
/** What a mode reads at least, and some for what is put together of finer ones. */
const CANDLES_OF_ONE_MIN = 400;

const areAll = (series: readonly (PreviewCandles | null)[]): series is readonly PreviewCandles[] =>
  series.every((each) => each !== null);

/** "unread": some candles could not be read, and a prompt without them would be another one. */
const usePromptRequest = (isAsked: boolean): PromptRequest | "unread" | null => {
  const trpc = useTRPC();
  const { draft, choices, reading, isCurrent } = useBotForm();
  const { venue } = placeOf(draft, choices);
  const settings = useMemo(() => completeSettings(draft, venue), [draft, venue]);
  const markets = useKnownMarkets(venue, settings);
  const timeframes = useMemo(() => (isAsked ? (reading?.timeframes ?? []) : []), [isAsked, reading]);
  const share = Math.floor(CANDLES_MAX / Math.max(1, markets.length * timeframes.length));
  const limit = Math.min(CANDLES_OF_ONE_MAX, Math.max(CANDLES_OF_ONE_MIN, share));
  const candles = useQueries({
    queries: markets.flatMap(({ row }) =>
      timeframes.map((timeframe) => trpc.markets.candles.queryOptions({ marketId: row.id, timeframe, limit })),
    ),
    combine: listedCandles,
  });
  return useMemo(() => {
    if (!isAsked || !isCurrent || reading === null || reading.capital === null || candles === null) return null;
    if (!areAll(candles)) return "unread";
    const count = timeframes.length;
    const found = markets.map(({ row }, index) => ({ row, series: candles.slice(index * count, (index + 1) * count) }));
    return { kind: "prompt", settings: reading.settings, capital: reading.capital, markets: found };
  }, [isAsked, isCurrent, reading, candles, markets, timeframes]);
};

const openWorker = (): Worker => new Worker(new URL("./bot-worker.ts", import.meta.url), { type: "module" });

/** The prompt that would be sent for what stands in the form, written beside the page; null: it is being written. */
export const usePrompt = (isAsked: boolean): ShownPrompt | "failed" | null => {
  const request = usePromptRequest(isAsked);
  const [prompt, setPrompt] = useState<ShownPrompt | "failed" | null>(null);
  useEffect(() => {
    if (request === null || request === "unread") return undefined;
    const worker = openWorker();
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.kind === "prompt") setPrompt(data.prompt);
      if (data.kind === "failed") setPrompt("failed");
    });
    worker.addEventListener("error", () => setPrompt("failed"));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's, no window's
    worker.postMessage(request);
    return () => worker.terminate();
  }, [request]);
  return request === "unread" ? "failed" : prompt;
};
