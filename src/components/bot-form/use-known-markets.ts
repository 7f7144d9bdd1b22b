"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { VenueChoice } from "~/contracts/new-bot";
import type { Timeframe } from "~/trading/market/timeframe";
import { useTRPC } from "~/trpc/react";
import type { RawSettings } from "./draft";
import { listedCandles } from "./listed-candles";
import type { KnownMarket, PreviewRequest } from "./worker-messages";

/** All candles of a preview together: more would take seconds to send. */
const CANDLES_MAX = 15_000;
const CANDLES_OF_ONE_MAX = 3000;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

const NONE: readonly KnownMarket[] = [];

/** The markets of the pairs that are chosen. Those of a real venue are fetched as far back as anybody asks. */
export const useKnownMarkets = (venue: VenueChoice | undefined, settings: RawSettings): readonly KnownMarket[] => {
  const trpc = useTRPC();
  const { pairs } = settings;
  const marketType = settings["marketType"] === "spot" ? ("spot" as const) : ("swap" as const);
  const wanted = isTexts(pairs) ? pairs : [];
  const { data } = useQuery({
    ...trpc.markets.list.queryOptions({ venueId: venue?.id ?? "", marketType, pairs: wanted, sort: "pair" }),
    enabled: venue !== undefined && wanted.length > 0,
    placeholderData: (before) => before,
  });
  const isSimulated = venue?.isSimulated === true;
  return useMemo(() => {
    if (!data) return NONE;
    return data.map((row) => {
      const { historyFrom, historyThrough } = row;
      const knownMs = historyFrom && historyThrough ? historyThrough.getTime() - historyFrom.getTime() : null;
      return { row, knownMs: isSimulated ? knownMs : null };
    });
  }, [data, isSimulated]);
};

type Wanted = {
  readonly markets: readonly KnownMarket[];
  readonly timeframe: Timeframe;
  readonly settings: RawSettings;
  readonly capital: string;
};

/** What the preview is to trade, with the candles at hand; null: settings or candles are not there yet. */
export const usePreviewRequest = (wanted: Wanted | null): PreviewRequest | null => {
  const trpc = useTRPC();
  const markets = wanted?.markets ?? NONE;
  const limit = Math.min(CANDLES_OF_ONE_MAX, Math.floor(CANDLES_MAX / Math.max(1, markets.length)));
  const timeframe = wanted?.timeframe ?? "1h";
  const candles = useQueries({
    queries: markets.map(({ row }) => trpc.markets.candles.queryOptions({ marketId: row.id, timeframe, limit })),
    combine: listedCandles,
  });
  const { settings, capital } = wanted ?? {};
  return useMemo(() => {
    if (settings === undefined || capital === undefined || candles === null) return null;
    const traded = markets.flatMap(({ row }, index) => {
      const found = candles[index];
      return found ? [{ row, candles: found }] : [];
    });
    return { kind: "preview", settings, capital, markets: traded };
  }, [settings, capital, candles, markets]);
};
