import type { Overview } from "~/contracts/overview-view";
import { describeStoppage } from "~/contracts/pulse";
import type { BotRow } from "~/contracts/bot-row";
import { utcMinute } from "~/trading/utc-minute";
import { describeRecent } from "~/contracts/recent-cycles";
import { asksModel } from "~/trading/cycle/model-question";
import { DAY_MS } from "~/trading/market/duration";
import type { BotFacts } from "../bots/load-bot-facts";
import { whyHeld } from "../models/why-held";
import { readStopped } from "../../health/read-beats";
import type { Ports } from "../../ports";

type Attention = Overview["attention"][number];
type Watched = { readonly facts: BotFacts; readonly row: BotRow };

const ALERT_MS = 7 * DAY_MS;
const ALERTS_MAX = 50;
/** Notes on one page, the gravest first; the rest is counted. */
const TOLD_MAX = 50;
const ORDER = ["critical", "warning", "info"] as const satisfies readonly Attention["severity"][];
/** A slot is late when it is older than so many intervals and so much wall time, by the venue's running clock. */
const LATE_INTERVALS = 3;
const LATE_WALL_MS = 60_000;

const loadAlerts = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">, userId: string): Promise<Attention[]> => {
  const alerts = await db.alert.findMany({
    where: {
      userId,
      readAt: null,
      endedAt: null,
      // A stopped part has its item by its last sign of life, with or without an alert.
      NOT: { kind: { startsWith: "stopped-" } },
      severity: { in: ["critical", "warning"] },
      createdAt: { gte: new Date(wallNow() - ALERT_MS) },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: ALERTS_MAX,
  });
  return alerts.map(({ id, severity, message, botId, createdAt }) => ({
    id: `alert:${id}`,
    severity,
    text: message,
    botId,
    venueId: null,
    since: createdAt,
  }));
};

const loadStopped = async (ports: Pick<Ports, "db">): Promise<Attention[]> =>
  (await readStopped(ports)).map(({ part, since }) => {
    const { title, advice } = describeStoppage(part);
    return {
      id: `stopped:${part}`,
      severity: part === "cycles" ? "warning" : "critical",
      text: `${title}. ${advice}`,
      botId: null,
      venueId: null,
      since,
    };
  });

/** Wall time since which a bot is as it is, as far as it is recorded: its last cycle's end. */
const sinceOf = ({ facts: { bot } }: Watched): Date => bot.cycleEndedAt ?? bot.createdAt;

const noteOf = (watched: Watched, kind: string, note: Pick<Attention, "severity" | "text">): Attention => ({
  ...note,
  id: `${kind}:${watched.row.id}`,
  botId: watched.row.id,
  venueId: watched.row.venue.id,
  since: sinceOf(watched),
});

const restricted = (watched: Watched): Attention[] => {
  const { name, status, tradingState, statusReason } = watched.row;
  if (status !== "stopped" && tradingState === "active") return [];
  const severity = tradingState === "halted" ? "critical" : "warning";
  return [noteOf(watched, "restricted", { severity, text: `${name}: ${statusReason ?? "it does not trade."}` })];
};

const hasFailed = ({ row: { lastCycle } }: Watched): boolean =>
  lastCycle?.status === "failed" || lastCycle?.status === "abandoned";

const failed = (watched: Watched): Attention[] => {
  const { name, lastCycle } = watched.row;
  if (!hasFailed(watched)) return [];
  const what = lastCycle?.status === "failed" ? "failed" : "was abandoned: the process running it stopped";
  return [noteOf(watched, "failed", { severity: "critical", text: `${name}: its last cycle ${what}.` })];
};

/** Cycles that did not trade, for no reason that the bot's own state gives; in words that its row has too. */
const interrupted = (watched: Watched): Attention[] => {
  const trouble = describeRecent(watched.row);
  // Its last cycle has an item of its own.
  if (trouble === null || watched.row.status !== "running" || hasFailed(watched)) return [];
  return [noteOf(watched, "interrupted", { severity: "warning", text: `${watched.row.name}: ${trouble}` })];
};

const late = (watched: Watched): Attention[] => {
  const { facts, row } = watched;
  const { speed, venueNow, intervalSeconds, isMarketGone } = facts.bot;
  const pace = speed ?? 1;
  if (row.nextSlot === null || pace === 0 || isMarketGone) return [];
  const lateMs = venueNow.getTime() - row.nextSlot.getTime();
  if (lateMs <= LATE_INTERVALS * intervalSeconds * 1000 || lateMs / pace <= LATE_WALL_MS) return [];
  const text = `${row.name}: its cycle of ${utcMinute(row.nextSlot)} is late: it has not begun.`;
  return [noteOf(watched, "late", { severity: "critical", text })];
};

/** Bots whose model gives no answer, and will give none in the next cycle either: they hold, and say so nowhere else. */
const unanswered = async (
  ports: Pick<Ports, "db">,
  userId: string,
  watched: readonly Watched[],
): Promise<Attention[]> => {
  const asking = watched.filter(({ facts, row }) => row.status === "running" && asksModel(facts.settings));
  const held = await whyHeld(ports, { userId, botIds: asking.map(({ row }) => row.id) });
  return asking.flatMap((each) => {
    const why = held.get(each.row.id);
    if (why?.isLasting !== true) return [];
    const text = `${each.row.name}: it holds, since it gets no answer of its model: ${why.text}.`;
    return [noteOf(each, "unanswered", { severity: "warning", text })];
  });
};

/** What a user should look at: what has stopped for all, unread alerts of the last seven days, then bots that do not trade as they should. */
export const listAttention = async (
  ports: Pick<Ports, "db" | "wallNow">,
  userId: string,
  watched: readonly Watched[],
): Promise<Pick<Overview, "attention" | "attentionCount">> => {
  const notes = [
    ...(await loadStopped(ports)),
    ...(await loadAlerts(ports, userId)),
    ...(await unanswered(ports, userId, watched)),
    ...watched.flatMap((each) => [...failed(each), ...interrupted(each), ...late(each), ...restricted(each)]),
  ];
  // What is grave is never what is left out.
  const told = ORDER.flatMap((severity) => notes.filter((note) => note.severity === severity));
  return { attention: told.slice(0, TOLD_MAX), attentionCount: notes.length };
};
