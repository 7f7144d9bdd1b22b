import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import type { CycleView } from "~/contracts/cycle-view";
import { botSettingsSchema, type BotSettings } from "~/trading/bot-settings";
import { asksModel } from "~/trading/cycle/model-question";
import { isDecisionDue, modeOf } from "~/trading/decision/decide";
import { stageRecordsSchema } from "../../cycle/stage-record";
import type { Database } from "../../db/client";
import type { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import { findOwnCycle, type OwnedCycle } from "../../tenant/find-own";
import { findAdditions } from "../fill-facts";
import { toModeView } from "../to-mode-view";
import { toPairDecision, WITH_VERDICT } from "./decision-view";
import { describeStages } from "./describe-stages";
import { loadMarketsSeen, loadNeighbours, loadSettled } from "./load-cycle-span";

const WITH_ALL = {
  bot: { include: { account: { include: { venue: true } } } },
  decisions: { include: WITH_VERDICT, orderBy: { sequence: "asc" } },
} as const satisfies Prisma.CycleInclude;

const findCycle = (db: Database, owned: OwnedCycle) => findOwnCycle(db, owned, WITH_ALL);
type CycleRow = Awaited<ReturnType<typeof findCycle>>;

/** The settings that the cycle ran under; of one that did not begin, those that its bot has now. */
const loadSettings = async (db: Database, { bot, botId, settingsVersion }: CycleRow): Promise<BotSettings> => {
  const where = { botId_version: { botId, version: settingsVersion ?? bot.settingsVersion } };
  return botSettingsSchema.parse((await db.botSettings.findUniqueOrThrow({ where })).settings);
};

const loadEquity = async (db: Database, { botId, slot }: CycleRow): Promise<CycleView["equity"]> => {
  const point = await db.equityPoint.findUnique({ where: { botId_at: { botId, at: slot } } });
  return (
    point && {
      equity: point.equity.toFixed(),
      cash: point.cash.toFixed(),
      margin: point.margin.toFixed(),
      unrealized: point.unrealizedPnl.toFixed(),
      peak: point.peak.toFixed(),
    }
  );
};

const isDue = (settings: BotSettings, slot: Date, doneBefore: Date | null): boolean =>
  isDecisionDue(settings, { slot: slot.getTime(), lastDoneSlot: doneBefore?.getTime() ?? null });

/** What the cycle's own row says, and whose it is. */
const describeRow = (row: CycleRow, settings: BotSettings) => {
  const { bot, slot } = row;
  const { venue, currency } = bot.account;
  return {
    id: row.id,
    bot: {
      id: bot.id,
      name: bot.name,
      mode: toModeView(settings),
      currency,
      isSimulated: VENUE_CATALOGUE[venue.kind].isSimulated,
    },
    slot,
    status: row.status,
    skipReason: row.skipReason,
    failure: row.failure,
    missedCount: row.missedCount,
    isHistory: venue.openedAt !== null && slot < venue.openedAt,
    settingsVersion: row.settingsVersion,
    plannedAt: row.plannedAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    epoch: row.epoch?.toString() ?? null,
  };
};

/** One of a user's cycles, whole. Throws AppError; another user's cycle counts as absent. */
export const getCycle = async ({ db }: Pick<Ports, "db">, owned: OwnedCycle): Promise<CycleView> => {
  const row = await findCycle(db, owned);
  const { bot, botId, slot, status } = row;
  const records = stageRecordsSchema.parse(row.stages);
  const [settings, neighbours, equity] = await Promise.all([
    loadSettings(db, row),
    loadNeighbours(db, botId, slot),
    loadEquity(db, row),
  ]);
  const { doneBefore, ...around } = neighbours;
  const seen = { venueId: bot.account.venueId, marketType: settings.marketType, pairs: settings.pairs, slot };
  const hasRun = status === "done" || status === "running";
  const intents = row.decisions.flatMap((decision) => decision.intents);
  const [markets, settled, additions] = await Promise.all([
    "read-market" in records ? loadMarketsSeen(db, seen) : [],
    hasRun ? loadSettled(db, { botId, after: doneBefore, through: slot }) : [],
    findAdditions(db, { botId, intents }),
  ]);
  return {
    ...describeRow(row, settings),
    ...around,
    stages: describeStages({
      status,
      records,
      isDecisionDue: isDue(settings, slot, doneBefore),
      asksModel: asksModel(settings),
    }),
    markets,
    settled,
    evidenceWords: modeOf(settings).words(settings.decision),
    decisions: row.decisions.map((decision) => toPairDecision(decision, { settings, additions })),
    equity,
  };
};
