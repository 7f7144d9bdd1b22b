"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveMessage } from "~/contracts/live-event";
import { describeExit } from "~/trading/execution/describe-exit";
import { formatAmount, formatExact } from "../format/format-amount";
import { useLive } from "./live-provider";

const EVERY_MS = 10_000;

const SILENT = (): string => "";

const NEWS: { readonly [Kind in LiveMessage["kind"]]: (news: Extract<LiveMessage, { kind: Kind }>) => string } = {
  "trade-opened": ({ side, pair, price }) => `Opened ${side} ${pair} at ${formatExact(price)}`,
  "trade-closed": ({ side, pair, reason, realizedPnl }) =>
    `Closed ${side} ${pair}, ${describeExit(reason)}, ${formatAmount(realizedPnl, { isSigned: true })}`,
  command: ({ text }) => text,
  proposal: ({ text }) => text,
  "bot-created": ({ name }) => `Created ${name}`,
  "settings-changed": ({ name, version }) => `Saved ${name}, version ${version}`,
  "allotment-changed": ({ text }) => text,
  alert: ({ message }) => message,
  "venue-state": ({ message }) => message ?? "",
  resync: SILENT,
  "cycle-ended": SILENT,
  "account-changed": SILENT,
  "venue-clock": SILENT,
};

const describeNews = <Kind extends LiveMessage["kind"]>(news: Extract<LiveMessage, { kind: Kind }>): string =>
  NEWS[news.kind](news);

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
