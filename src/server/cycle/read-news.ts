import { MINUTE_MS } from "~/trading/market/duration";
import { NO_CALENDAR, type NewsView } from "~/trading/risk/basis/news-view";
import type { RiskLimits } from "~/trading/risk/risk-limits";
import type { Ports } from "../ports";
import { reportFailure } from "../report-failure";

/** The news around a slot (ms), for bots that rest around them; others do not ask. A calendar's fault stops no cycle. */
export const readNews = async (
  { news }: Pick<Ports, "news">,
  { newsBlackoutMinutes }: Pick<RiskLimits, "newsBlackoutMinutes">,
  slot: number,
): Promise<NewsView> => {
  if (newsBlackoutMinutes === 0) return NO_CALENDAR;
  const margin = newsBlackoutMinutes * MINUTE_MS;
  try {
    const events = await news.fetchEvents({ from: slot - margin, through: slot + margin });
    return events === null ? NO_CALENDAR : { state: "known", events };
  } catch (cause) {
    reportFailure("news calendar", cause, true);
    return { state: "unreadable" };
  }
};
