import { MINUTE_MS } from "../../market/duration";
import { findBlackout } from "../basis/news-view";
import type { RiskRule } from "../basis/risk-rule";
import { formatCounted, formatTimeLeft } from "../basis/rule-texts";

const UNREADABLE = "its calendar cannot be read";
const NO_EVENTS = "no calendar is set up";

/** The title of the event, as it is stored: "0 (Fed decision)". */
const titleIn = (limit: string): string => /^0 \((.+)\)$/s.exec(limit)?.[1] ?? "an event";

/** Nothing is entered around known events. The measured value is the rest of the blackout. */
export const newsRule: RiskRule<"news", "newsBlackoutMinutes"> = {
  name: "news",
  description: "Around known events that move prices, nothing is entered in the markets they concern.",
  unit: "minutes",
  limits: {
    newsBlackoutMinutes: {
      least: 0,
      most: 1440,
      standard: 0,
      section: "Entries",
      place: 18,
      label: "News",
      text: (minutes) =>
        `Enters nothing from ${formatCounted(minutes, "minute")} before known news until as long after`,
    },
  },
  off: {
    when: ({ newsBlackoutMinutes }) => newsBlackoutMinutes === 0,
    label: "News",
    text: "Off: enters whatever news are expected",
  },
  check: ({ news, entry, limits, time }) => {
    if (news.state !== "known") {
      return { outcome: "unknown", measured: null, limit: news.state === "none" ? NO_EVENTS : UNREADABLE };
    }
    const { pair } = entry.decision;
    const blackout = findBlackout(news.events, { pair, time, minutes: limits.newsBlackoutMinutes });
    if (blackout === null) return { outcome: "pass", measured: "0", limit: "0" };
    // Both ends belong to the blackout, so its last instant still refuses.
    const measured = String((blackout.until - time) / MINUTE_MS);
    return { outcome: "fail", measured, limit: `0 (${blackout.event.title})` };
  },
  words: {
    title: "news",
    refused: "news are expected in this market",
    reason: ({ limit }, { measured }) => `nothing is entered around ${titleIn(limit)}, ${measured}`,
    change: ({ measured }) => `wait ${formatTimeLeft(measured)} more, until the news are over`,
    texts: ({ measured, limit }) => ({
      measured:
        measured === null ? limit : measured === "0" && limit === "0" ? "no news" : `${formatTimeLeft(measured)} left`,
      limit: "no news",
    }),
  },
};
