"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveMessage } from "~/contracts/live-event";
import { describeExit } from "~/trading/execution/describe-exit";
import { formatAmount, formatExact } from "../format/format-amount";
import { useLive } from "./live-provider";

const EVERY_MS = 10_000;

const describeNews = (news: LiveMessage): string => {
  switch (news.kind) {
    case "trade-opened":
      return `Opened ${news.side} ${news.pair} at ${formatExact(news.price)}`;
    case "trade-closed":
      return `Closed ${news.side} ${news.pair}, ${describeExit(news.reason)}, ${formatAmount(news.realizedPnl, { isSigned: true })}`;
    case "command":
      return news.text;
    case "bot-created":
      return `Created ${news.name}`;
    case "alert":
      return news.message;
    case "venue-state":
      return news.message ?? "";
    case "resync":
    case "cycle-ended":
    case "venue-clock":
      return "";
  }
};

/** Tells a screen reader of fills and alerts: politely, and at most once in ten seconds. */
export const Announcer = () => {
  const { news } = useLive();
  const [text, setText] = useState("");
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (!news) return undefined;
    const waitMs = Math.max(0, toldAt.current + EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      toldAt.current = performance.now();
      setText(describeNews(news));
    }, waitMs);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
};
